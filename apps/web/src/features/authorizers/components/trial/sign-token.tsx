import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import type { Authorizer } from '@thingdeck/contract'
import { AUTHORIZER_NAME_KEY, AUTHORIZER_SIGNATURE_KEY } from '@thingdeck/policies'
import { useState } from 'react'
import { PemField } from '../../../../shared/form/pem-field.tsx'
import { messageOf } from '../../../../shared/message-of.ts'
import { AuthorizerPicker } from '../../../../shared/pickers/authorizer-picker.tsx'
import { signToken } from '../../signing-key.ts'
import type { Sent } from '../../trial/sent.ts'
import { putPairs, type SentPair } from '../../trial/sent-pairs.ts'
import { putIntoUserName } from '../../trial/user-name.ts'

interface SignTokenProps {
  readonly sent: Sent
  readonly onChange: (change: Partial<Sent>) => void
  /** The one that is asked, where that is known. */
  readonly authorizer: Authorizer | undefined
  readonly named: string
  readonly onName: (authorizerName: string) => void
}

/** Writes credentials for somebody who has their parts: the key stays in the page, and goes with it. */
export function SignToken({ sent, onChange, authorizer, named, onName }: SignTokenProps) {
  const [token, setToken] = useState('')
  const [privateKey, setPrivateKey] = useState('')
  const isSigned = authorizer !== undefined && !authorizer.signingDisabled
  const put = useMutation({
    mutationFn: async () => {
      const name: readonly SentPair[] = named === '' ? [] : [{ key: AUTHORIZER_NAME_KEY, value: named }]
      if (!isSigned) return name
      const parts = [...name, { key: authorizer.tokenKeyName ?? '', value: token }]
      return privateKey.trim() === ''
        ? parts
        : [...parts, { key: AUTHORIZER_SIGNATURE_KEY, value: await signToken(privateKey, token) }]
    },
    onSuccess: (pairs) => onChange(written(sent, pairs)),
    gcTime: 0, // a key is a secret
  })
  return (
    <SpaceBetween size="m">
      <FormField
        label="Authorizer that the client names"
        description="Without a name, that of the domain or of the account is asked."
      >
        <AuthorizerPicker value={named} onChange={onName} none="None" />
      </FormField>
      {isSigned && (
        <ColumnLayout columns={2}>
          <FormField
            label="Token"
            description={`Sent as ${authorizer.tokenKeyName}. It is signed as it stands here, letter by letter.`}
          >
            <Input
              value={token}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setToken(detail.value)}
            />
          </FormField>
          <PemField
            field={{
              name: 'privateKey',
              value: privateKey,
              limits: undefined,
              error: put.error ? messageOf(put.error) : undefined,
              set: (value) => {
                put.reset()
                setPrivateKey(value)
              },
              leave() {},
            }}
            label="Private key"
            description="It signs the token in this page, is sent nowhere, and goes with the page. Without one, the token is put without a signature."
            placeholder="The PEM text of the private key"
            rows={4}
          />
        </ColumnLayout>
      )}
      {authorizer?.signingDisabled === true && (
        <Alert type="info">Its tokens are not signed: write user name and password as its function wants them.</Alert>
      )}
      <Button
        formAction="none"
        loading={put.isPending}
        disabled={isSigned && token === ''}
        disabledReason="Write the token first."
        onClick={() => put.mutate()}
      >
        Put into the credentials
      </Button>
    </SpaceBetween>
  )
}

/** HTTPS and WebSocket have them in the query; MQTT has them in the user name. */
const written = (sent: Sent, pairs: readonly SentPair[]): Partial<Sent> =>
  sent.transport === 'mqtt'
    ? { userName: putIntoUserName(sent.userName, pairs) }
    : { query: putPairs(sent.query.replace(/^\?/, ''), pairs) }
