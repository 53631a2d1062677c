import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { CheckField, RadioField, TextField } from '../../../shared/form/fields.tsx'
import { PemField } from '../../../shared/form/pem-field.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { publicKeyQuery } from '../api.ts'
import type { AuthorizerValues } from '../authorizer-values.ts'
import { PublicKeyFacts } from './public-keys.tsx'

/** The fields of a new authorizer. */
export function AuthorizerFields({ form }: { readonly form: Form<AuthorizerValues> }) {
  const isSigned = form.values.signing === 'signed'
  return (
    <SpaceBetween size="l">
      <TextField
        field={form.field('authorizerName')}
        label="Name"
        description="Clients may name it, unless it is the default one or that of their domain."
      />
      <TextField
        field={form.field('authorizerFunctionArn')}
        label="Function"
        description="The Lambda function that says who a client is, and what it may. One to begin with is below."
        placeholder="arn:aws:lambda:us-east-1:123456789012:function:device-auth"
      />
      <RadioField
        field={form.field('signing')}
        label="Signing of tokens"
        description="It cannot be changed later, in either direction."
        options={[
          {
            value: 'signed',
            label: 'AWS IoT verifies a signature first',
            description:
              'Clients send a token with its signature. Without a good one the function is not called, nor paid.',
          },
          {
            value: 'unsigned',
            label: 'No signature',
            description:
              'The function is called for whoever comes, and decides alone: by user name and password, for instance.',
          },
        ]}
      />
      {isSigned && <SigningFields form={form} />}
      <CheckField
        field={form.field('isActive')}
        description="Clients can connect by it at once. Else, as soon as somebody activates it."
      >
        Active
      </CheckField>
      <CheckField
        field={form.field('enableCachingForHttp')}
        description="One answer serves all requests of a kept HTTP connection until it is to be refreshed. MQTT knows no other way."
      >
        Cache the answer for HTTP
      </CheckField>
      <TagsField field={form.field('tags')} />
    </SpaceBetween>
  )
}

function SigningFields({ form }: { readonly form: Form<AuthorizerValues> }) {
  return (
    <SpaceBetween size="l">
      <TextField
        field={form.field('tokenKeyName')}
        label="Name of the token"
        description="The parameter or header in which clients send the token: tokens of others may be in the same request."
      />
      <RadioField
        field={form.field('keyWay')}
        label="Key that tokens are signed with"
        options={[
          {
            value: 'browser',
            label: 'Made in this browser',
            description:
              'The private key is made on this page, to be saved once: AWS IoT and the console’s server get the public key alone.',
          },
          {
            value: 'pem',
            label: 'Your own public key',
            description: 'The private key stays where your tokens are made.',
          },
        ]}
      />
      <TextField field={form.field('keyName')} label="Name of the key" />
      {form.values.keyWay === 'pem' && <OwnKey form={form} />}
    </SpaceBetween>
  )
}

/** What was pasted is read at once, and told. */
function OwnKey({ form }: { readonly form: Form<AuthorizerValues> }) {
  const field = form.field('publicKeyPem')
  const isWritten = field.value.trim() !== ''
  const { error } = useQuery({ ...publicKeyQuery(field.value), enabled: isWritten })
  return (
    <SpaceBetween size="l">
      <PemField
        field={{ ...field, error: field.error ?? error?.message }}
        label="Public key"
        description="RSA of at least 2,048 bits, as PEM."
        placeholder="-----BEGIN PUBLIC KEY-----"
        rows={8}
      />
      {isWritten && !error && <PublicKeyFacts pem={field.value} name="the public key" />}
    </SpaceBetween>
  )
}
