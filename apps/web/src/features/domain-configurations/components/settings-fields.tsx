import SpaceBetween from '@cloudscape-design/components/space-between'
import { APPLICATION_PROTOCOLS, AUTHENTICATION_TYPES, PROTOCOLS_OF_AUTHENTICATION } from '@thingdeck/contract'
import { CheckField, FieldRow, RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { AuthorizerPicker } from '../../../shared/pickers/authorizer-picker.tsx'
import {
  AUTHENTICATION_WORDS,
  asksAuthorizers,
  hasCertificates,
  PROTOCOL_WORDS,
  pairInWords,
} from '../authentication-words.ts'
import { type DomainSettings, withAuthenticationType } from '../domain-values.ts'

interface SettingsFieldsProps {
  readonly values: DomainSettings
  readonly change: (change: Partial<DomainSettings>) => void
  readonly fields: { readonly [K in keyof DomainSettings]: Field<DomainSettings[K]> }
}

/** How clients are let in at a domain. */
export function SettingsFields({ values, change, fields }: SettingsFieldsProps) {
  const { authenticationType, applicationProtocol, authorizerName } = values
  const taken = PROTOCOLS_OF_AUTHENTICATION[authenticationType] ?? APPLICATION_PROTOCOLS
  return (
    <SpaceBetween size="l">
      <RadioField
        field={{ ...fields.authenticationType, set: (type) => change(withAuthenticationType(values, type)) }}
        label="Authentication type"
        options={AUTHENTICATION_TYPES.map((value) => ({ value, ...AUTHENTICATION_WORDS[value] }))}
      />
      <SelectField
        field={fields.applicationProtocol}
        label="Application protocol"
        description="Those that AWS IoT takes with this authentication type."
        constraint={pairInWords(authenticationType, applicationProtocol)}
        options={taken.map((value) => ({ value, ...PROTOCOL_WORDS[value] }))}
      />
      {asksAuthorizers(authenticationType) && (
        <SpaceBetween size="l">
          <FieldRow
            field={fields.authorizerName}
            label="Authorizer"
            description="Asked for whoever connects here, unless the client names another one and may."
          >
            <AuthorizerPicker
              value={authorizerName}
              onChange={(name) => change({ authorizerName: name })}
              none="None: the one that clients name, or the account’s default"
            />
          </FieldRow>
          {authorizerName !== '' && (
            <CheckField
              field={fields.allowAuthorizerOverride}
              description="Else a client that names another one is refused: CUSTOM_AUTHORIZER_PARAMETER_INVALID."
            >
              Clients may name another authorizer
            </CheckField>
          )}
        </SpaceBetween>
      )}
      <TextField
        field={fields.securityPolicy}
        label="TLS policy, optional"
        description="Which versions of TLS and which ciphers are taken. Without one, AWS’s default."
        placeholder="IoTSecurityPolicy_TLS13_1_2_2022_10"
      />
      {hasCertificates(authenticationType) && (
        <TextField
          field={fields.clientCertificateCallbackArn}
          label="Function that looks at client certificates, optional"
          description="Called at each connect, after mutual TLS: it may refuse a certificate that is otherwise good."
          placeholder="arn:aws:lambda:us-east-1:123456789012:function:check-certificate"
        />
      )}
    </SpaceBetween>
  )
}
