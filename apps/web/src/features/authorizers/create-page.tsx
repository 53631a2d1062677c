import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { type Authorizer, endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { AUTHORIZERS } from '../../shared/authorizers/authorizer-queries.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { pairsRule } from '../../shared/form/pairs-field.tsx'
import { brokenAtOnce, brokenWhenLeft, type TextLimits } from '../../shared/form/text-limits.ts'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { publicKeyQuery } from './api.ts'
import { type AuthorizerValues, creationOf, FIELDS_OF_CODES, LIMITS, NEW, SIGNING_LIMITS } from './authorizer-values.ts'
import { AuthorizerFields } from './components/authorizer-fields.tsx'
import { MadeAuthorizer } from './components/made-authorizer.tsx'
import { StarterCode } from './components/starter-code.tsx'
import { LEAST_KEY_BITS, makeSigningKeys } from './signing-key.ts'

interface Made {
  readonly authorizer: Authorizer
  readonly privateKeyPem: string | undefined
}

/** What only a signed token needs is only looked at where it is signed. */
const ifSigned = (limits: TextLimits) => (text: string, values: AuthorizerValues) =>
  values.signing === 'signed' ? (brokenAtOnce(limits, text) ?? brokenWhenLeft(limits, text)) : undefined

const RULES = {
  tokenKeyName: ifSigned(SIGNING_LIMITS.tokenKeyName),
  keyName: ifSigned(SIGNING_LIMITS.keyName),
  publicKeyPem: (text: string, { signing, keyWay }: AuthorizerValues) =>
    signing === 'signed' && keyWay === 'pem' && text.trim() === '' ? 'This cannot be empty.' : undefined,
  tags: pairsRule(TAG_RULES),
}

/** Makes an authorizer. A key that is made here stays here: AWS IoT gets its public part. */
export function CreateAuthorizerPage() {
  const client = useQueryClient()
  const [made, setMade] = useState<Made>()
  usePageChrome({
    title: 'Create authorizer',
    breadcrumbs: [
      { text: 'Authorizers', href: paths.authorizers() },
      { text: 'Create authorizer', href: paths.createAuthorizer() },
    ],
  })
  const form = useForm({
    initial: NEW,
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: async (values): Promise<Made> => {
      const isMadeHere = values.signing === 'signed' && values.keyWay === 'browser'
      const keys = isMadeHere ? await makeSigningKeys() : undefined
      if (values.signing === 'signed' && !keys) {
        const { bits } = await client.fetchQuery(publicKeyQuery(values.publicKeyPem))
        if (bits < LEAST_KEY_BITS) throw new Error(`AWS IoT takes RSA of at least 2,048 bits; this key has ${bits}.`)
      }
      const body = creationOf(values, keys?.publicKeyPem ?? values.publicKeyPem)
      return { authorizer: await api(endpoints.createAuthorizer, { body }), privateKeyPem: keys?.privateKeyPem }
    },
    onDone: (done) => {
      setMade(done)
      void client.invalidateQueries({ queryKey: AUTHORIZERS })
    },
  })
  const whyNot = useWhyNot('admin')
  return (
    <SpaceBetween size="m">
      <PageHeader>Create authorizer</PageHeader>
      {made ? (
        <MadeAuthorizer {...made} />
      ) : (
        <SpaceBetween size="l">
          <Form
            form={form}
            action="Create authorizer"
            failure="The authorizer could not be created"
            unsaved="the new authorizer"
            cancelHref={paths.authorizers()}
            whyNot={whyNot}
          >
            <AuthorizerFields form={form} />
          </Form>
          <ExpandableSection variant="container" headerText="A function to begin with">
            <StarterCode isSigned={form.values.signing === 'signed'} />
          </ExpandableSection>
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
