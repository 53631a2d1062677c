import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { idOfPrincipal } from '../../../shared/authorization/facts.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { thingNamesQuery } from '../api.ts'
import type { SimulatorSearch } from '../search.ts'
import { principalSearch, type Simulation } from '../use-simulation.ts'
import { CommittedInput } from './committed-input.tsx'
import { CommittedSuggest } from './committed-suggest.tsx'
import { IamFields, SignInAs } from './sign-in-as.tsx'

/** A person stops for about as long between words. */
const TYPING_MS = 150

interface WhoProps extends SearchProps<SimulatorSearch> {
  readonly simulation: Simulation
}

/** Who asks: a thing, one of its principals, and the client id. */
export function Who({ search, setSearch, simulation }: WhoProps) {
  const { principals = [], principalId, clientId, thingError, as } = simulation
  const hasIotPolicies = as === 'certificate' || as === 'cognito'
  return (
    <SpaceBetween size="s">
      <SignInAs search={search} setSearch={setSearch} />
      <IamFields key={as} search={search} setSearch={setSearch} />
      <ColumnLayout columns={hasIotPolicies ? 3 : 1}>
        {hasIotPolicies && (
          <FormField label="Thing" description="Of the registry." errorText={thingError?.message}>
            <ThingField
              value={search.thing ?? ''}
              isUnknown={thingError !== null}
              onCommit={(thing) =>
                setSearch({
                  thing: thing === '' ? undefined : thing,
                  certificate: undefined,
                  identity: undefined,
                  client: undefined,
                })
              }
            />
          </FormField>
        )}
        {hasIotPolicies && (
          <FormField
            label="Principal"
            description={
              principals.length > 1
                ? `This thing has ${principals.length}.`
                : as === 'cognito'
                  ? 'A Cognito identity.'
                  : 'A certificate.'
            }
          >
            <CommittedSuggest
              value={principalId ?? ''}
              options={principals.map((principal) => ({ value: idOfPrincipal(principal) }))}
              placeholder={as === 'cognito' ? 'Identity id, REGION:GUID' : 'Certificate id'}
              empty={search.thing === undefined ? 'Choose a thing, or enter an id.' : 'This thing has no principal.'}
              onCommit={(id) => setSearch({ certificate: undefined, identity: undefined, ...principalSearch(id) })}
            />
          </FormField>
        )}
        <FormField label="Client id" description="Of the MQTT connection.">
          <CommittedInput
            value={clientId}
            onCommit={(client) => setSearch({ client: client === '' ? undefined : client })}
            placeholder="As in CONNECT"
          />
        </FormField>
      </ColumnLayout>
    </SpaceBetween>
  )
}

interface ThingFieldProps {
  readonly value: string
  readonly isUnknown: boolean
  readonly onCommit: (thingName: string) => void
}

function ThingField({ value, isUnknown, onCommit }: ThingFieldProps) {
  const [typed, setTyped] = useState('')
  const asked = useDebounced(typed.trim(), TYPING_MS)
  const found = useQuery({ ...thingNamesQuery(asked), enabled: /^[a-zA-Z0-9:_-]+$/.test(asked) })
  return (
    <CommittedSuggest
      value={value}
      invalid={isUnknown}
      options={(found.data?.things ?? []).map(({ thingName, thingTypeName }) => ({
        value: thingName,
        ...(thingTypeName !== undefined && { description: thingTypeName }),
      }))}
      statusType={found.isFetching ? 'loading' : 'finished'}
      placeholder="Begin of a thing's name"
      empty={asked === '' ? 'Type the beginning of a name.' : 'No thing begins so.'}
      onType={setTyped}
      onCommit={onCommit}
    />
  )
}
