import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Authorizer } from '@thingdeck/contract'
import { useState } from 'react'
import { paths } from '../../../shared/paths.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { UnsavedGuard } from '../../../shared/unsaved/unsaved-guard.tsx'
import { AuthorizerFacts } from './authorizer-facts.tsx'
import { FunctionPermission } from './function-permission.tsx'
import { PublicKeys } from './public-keys.tsx'

interface MadeAuthorizerProps {
  readonly authorizer: Authorizer
  /** Of a key that was made here: it goes with the page. */
  readonly privateKeyPem: string | undefined
}

/** The authorizer that was made, and what is still to be done. */
export function MadeAuthorizer({ authorizer, privateKeyPem }: MadeAuthorizerProps) {
  const { authorizerName } = authorizer
  const [isSaved, setSaved] = useState(privateKeyPem === undefined)
  return (
    <SpaceBetween size="m">
      <UnsavedGuard what="the private key" isUnsaved={() => !isSaved} />
      {privateKeyPem !== undefined && (
        <Alert
          type={isSaved ? 'success' : 'warning'}
          header={isSaved ? 'The private key was saved' : 'Save the private key now'}
          action={
            <Button
              variant={isSaved ? 'normal' : 'primary'}
              iconName="download"
              onClick={() => {
                saveFile(new Blob([privateKeyPem], { type: 'application/x-pem-file' }), `${authorizerName}-private.pem`)
                setSaved(true)
              }}
            >
              Save the private key
            </Button>
          }
        >
          Whatever signs the tokens of your devices needs it. It is on this page and nowhere else: it goes with the
          page.
        </Alert>
      )}
      <Container
        header={
          <Header
            variant="h2"
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button href={paths.authorizer(authorizerName)}>Show authorizer</Button>
                <Button variant="primary" href={paths.tryAuthorizer({ authorizer: authorizerName })}>
                  Try out
                </Button>
              </SpaceBetween>
            }
          >
            <NameText text={authorizerName} />
          </Header>
        }
      >
        <AuthorizerFacts authorizer={authorizer} />
      </Container>
      <FunctionPermission authorizer={authorizer} />
      {!authorizer.signingDisabled && <PublicKeys keys={authorizer.tokenSigningPublicKeys} />}
    </SpaceBetween>
  )
}
