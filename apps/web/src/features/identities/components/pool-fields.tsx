import Checkbox from '@cloudscape-design/components/checkbox'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { LOGIN_PROVIDER_KINDS, MOST_LOGIN_PROVIDERS } from '@thingdeck/contract'
import { CheckField, TextField } from '../../../shared/form/fields.tsx'
import { RowsField } from '../../../shared/form/rows-field.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { FRESH_PROVIDER, type PoolValues, PROVIDER_KINDS, type ProviderRow } from '../pool-values.ts'

const KIND_OPTIONS = LOGIN_PROVIDER_KINDS.map((value) => ({ value, label: PROVIDER_KINDS[value].label }))

interface PoolFieldsProps {
  readonly fields: { readonly [K in keyof PoolValues]: Field<PoolValues[K]> }
}

/** What a pool is told: who may sign in, and how. */
export function PoolFields({ fields }: PoolFieldsProps) {
  return (
    <SpaceBetween size="l">
      <TextField field={fields.name} label="Name" />
      <ProvidersField field={fields.providers} />
      <CheckField
        field={fields.allowsUnauthenticated}
        description="Whoever knows the id of the pool gets credentials of the role of guests. Let that role do no more than anybody on the Internet may."
      >
        Let guests in, without a login
      </CheckField>
      <CheckField
        field={fields.allowsClassicFlow}
        description="A client gets a token of the pool, and assumes a role of its choice with it that trusts the pool. Cognito itself cuts what guests may do by the other way alone."
      >
        Allow the basic flow
      </CheckField>
    </SpaceBetween>
  )
}

function ProvidersField({ field }: { readonly field: Field<readonly ProviderRow[]> }) {
  return (
    <RowsField
      field={field}
      label="Login providers"
      description="By whom identities sign in. Each token has to be of one of them."
      one="login provider"
      empty="None: only guests, where these are let in."
      fresh={FRESH_PROVIDER}
      most={MOST_LOGIN_PROVIDERS}
      parts={[
        {
          label: 'Kind',
          control: ({ kind }, change) => (
            <Select
              ariaLabel="Kind of login provider"
              options={KIND_OPTIONS}
              selectedOption={KIND_OPTIONS.find(({ value }) => value === kind) ?? null}
              onChange={({ detail }) => {
                const chosen = LOGIN_PROVIDER_KINDS.find((each) => each === detail.selectedOption.value)
                if (chosen) change({ kind: chosen })
              }}
            />
          ),
        },
        {
          label: 'Name',
          control: ({ kind, name }, change) => (
            <Input
              ariaLabel="Name of the login provider"
              value={name}
              spellcheck={false}
              autoComplete={false}
              placeholder={PROVIDER_KINDS[kind].nameIs}
              onChange={({ detail }) => change({ name: detail.value.trim() })}
            />
          ),
        },
        {
          label: 'Client id',
          control: ({ kind, clientId }, change) => (
            <Input
              ariaLabel="Client id"
              value={PROVIDER_KINDS[kind].hasClient ? clientId : ''}
              spellcheck={false}
              autoComplete={false}
              disabled={!PROVIDER_KINDS[kind].hasClient}
              placeholder={PROVIDER_KINDS[kind].hasClient ? 'Of the app' : 'It has none'}
              onChange={({ detail }) => change({ clientId: detail.value.trim() })}
            />
          ),
        },
        {
          label: 'Sign-outs',
          control: ({ kind, serverSideTokenCheck }, change) => (
            <Checkbox
              checked={kind === 'user-pool' && serverSideTokenCheck}
              disabled={kind !== 'user-pool'}
              onChange={({ detail }) => change({ serverSideTokenCheck: detail.checked })}
            >
              End at once
            </Checkbox>
          ),
        },
      ]}
    />
  )
}
