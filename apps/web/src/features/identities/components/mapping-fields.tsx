import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { CLAIM_MATCHES, MOST_MAPPING_RULES } from '@thingdeck/contract'
import { RadioField } from '../../../shared/form/fields.tsx'
import { RowsField } from '../../../shared/form/rows-field.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { MATCH_WORDS } from '../match-words.ts'
import { FRESH_RULE, type MappingValues, mappingProblem } from '../role-values.ts'
import { PoolRolePicker } from './pool-role-picker.tsx'

interface MappingFieldsProps {
  readonly identityPoolId: string
  readonly field: Field<readonly MappingValues[]>
}

/** Of each login provider, how its roles are found. */
export function MappingFields({ identityPoolId, field }: MappingFieldsProps) {
  return (
    <SpaceBetween size="m">
      {field.value.map((mapping, index) => (
        <Container
          key={mapping.provider}
          header={
            <Header variant="h2" description="Which role somebody gets who signed in by it.">
              <NameText text={mapping.provider} />
            </Header>
          }
        >
          <OneMapping
            identityPoolId={identityPoolId}
            mapping={mapping}
            partOf={partOf}
            change={(changed) =>
              field.set(field.value.map((each, at) => (at === index ? { ...each, ...changed } : each)))
            }
          />
        </Container>
      ))}
    </SpaceBetween>
  )

  /** A field of its own for a part of a mapping; what is wrong is said at the last part that it could be about. */
  function partOf<V>(name: string, value: V, set: (value: V) => void, error?: string): Field<V> {
    return {
      name,
      value,
      limits: undefined,
      error: field.error === undefined ? undefined : error,
      set,
      leave: field.leave,
    }
  }
}

interface OneMappingProps {
  readonly identityPoolId: string
  readonly mapping: MappingValues
  readonly change: (changed: Partial<MappingValues>) => void
  readonly partOf: <V>(name: string, value: V, set: (value: V) => void, error?: string) => Field<V>
}

function OneMapping({ identityPoolId, mapping, change, partOf }: OneMappingProps) {
  const { provider, type, ambiguous, rules } = mapping
  return (
    <SpaceBetween size="l">
      <RadioField
        field={partOf('type', type, (value) => change({ type: value }))}
        label="The role is"
        options={[
          { value: 'Default', label: 'That of who signed in, for everybody' },
          {
            value: 'Token',
            label: 'The one that the token prefers',
            description:
              'cognito:preferred_role, or the only one of cognito:roles: a user pool puts there those of groups.',
          },
          {
            value: 'Rules',
            label: 'Found by rules',
            description: 'The first that matches a claim of the token decides.',
          },
        ]}
      />
      {type === 'Rules' && (
        <RowsField
          field={partOf('rules', rules, (value) => change({ rules: value }), mappingProblem(mapping))}
          label="Rules"
          description="In their order. Of a claim that is a list, as cognito:groups, use “contains” on AWS."
          one="rule"
          empty="No rule yet."
          fresh={FRESH_RULE}
          most={MOST_MAPPING_RULES}
          parts={[
            {
              label: 'Claim',
              control: ({ claim }, put) => (
                <Input
                  ariaLabel={`Claim of a rule of ${provider}`}
                  value={claim}
                  spellcheck={false}
                  autoComplete={false}
                  placeholder="cognito:groups"
                  onChange={({ detail }) => put({ claim: detail.value.trim() })}
                />
              ),
            },
            {
              label: 'Is compared',
              control: ({ match }, put) => (
                <Select
                  ariaLabel="How the claim is compared"
                  options={MATCH_OPTIONS}
                  selectedOption={MATCH_OPTIONS.find(({ value }) => value === match) ?? null}
                  onChange={({ detail }) => {
                    const chosen = CLAIM_MATCHES.find((each) => each === detail.selectedOption.value)
                    if (chosen) put({ match: chosen })
                  }}
                />
              ),
            },
            {
              label: 'With',
              control: ({ value }, put) => (
                <Input
                  ariaLabel={`Value of a rule of ${provider}`}
                  value={value}
                  spellcheck={false}
                  autoComplete={false}
                  onChange={({ detail }) => put({ value: detail.value })}
                />
              ),
            },
            {
              label: 'Gives the role',
              control: ({ roleArn }, put) => (
                <PoolRolePicker
                  identityPoolId={identityPoolId}
                  of="authenticated"
                  label={`Role of a rule of ${provider}`}
                  value={roleArn}
                  onChange={(arn) => put({ roleArn: arn })}
                />
              ),
            },
          ]}
        />
      )}
      {type !== 'Default' && (
        <RadioField
          field={partOf('ambiguous', ambiguous, (value) => change({ ambiguous: value }))}
          label={type === 'Rules' ? 'Whom no rule matches' : 'Whose token names no role, or several'}
          options={[
            { value: 'Deny', label: 'Gets no credentials' },
            { value: 'AuthenticatedRole', label: 'Gets the role of who signed in' },
          ]}
        />
      )}
    </SpaceBetween>
  )
}

const MATCH_OPTIONS = CLAIM_MATCHES.map((value) => ({ value, label: MATCH_WORDS[value] }))
