import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import { useState } from 'react'
import { principalIdOf, whyPrincipalRefused } from '../../shared/authorization/facts.ts'
import { useReplacements } from '../../shared/authorization/use-replacements.ts'
import { SENDS_FORM, SubmittingForm } from '../../shared/form/submitting-form.tsx'
import { paths } from '../../shared/paths.ts'
import { ThingPicker } from '../../shared/pickers/thing-picker.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useNow } from '../../shared/time.tsx'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { PermissionTable } from './permission-table.tsx'
import type { PermissionsSearch } from './search.ts'
import { columnsOf, type PermissionColumns, useColumns } from './use-columns.ts'

interface ThingPermissionsProps extends SearchProps<PermissionsSearch> {
  readonly thingName: string
}

/** What the device of a thing may do by all policies that count for it, as a table that can be read. */
export function ThingPermissions({ thingName, search, setSearch }: ThingPermissionsProps) {
  const { beside, instead } = search
  const own = useColumns(thingName)
  const other = useColumns(beside)
  const { replacements, lost } = useReplacements({ version: instead === undefined ? undefined : [instead] })
  const [onlyDifferences, setOnlyDifferences] = useState(true)
  const replaced =
    instead !== undefined && replacements.size > 0
      ? columnsOf(thingName, own.facts, { which: `with ${instead.replace(/:(\d+)$/, ' version $1')}`, replacements })
      : []
  const columns = [...own.columns, ...other.columns, ...replaced]
  const isComparing = beside !== undefined || instead !== undefined
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={`Connected as ${thingName}, by the policies of its principals and groups as they are now.`}
          actions={<Button href={paths.simulator({ thing: thingName })}>Try a request</Button>}
        >
          What it may do
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Before thingName={thingName} columns={own} />
        {own.error && <ErrorAlert error={own.error} what="What it may do could not be read" onRetry={own.refetch} />}
        {other.error && <ErrorAlert error={other.error} what={`What ${beside} may do could not be read`} />}
        {other.hasNone && <Alert type="info">{beside} has no principal: it may do nothing.</Alert>}
        {lost.map((words) => (
          <Alert key={words} type="warning">
            {words}
          </Alert>
        ))}
        <Compare search={search} setSearch={setSearch} policyNames={namesOf(own)} />
        {isComparing && (
          <Toggle checked={onlyDifferences} onChange={({ detail }) => setOnlyDifferences(detail.checked)}>
            Differences only
          </Toggle>
        )}
        {own.isReading || other.isReading ? (
          <Loading what="policies" />
        ) : (
          <PermissionTable columns={columns} onlyDifferences={isComparing && onlyDifferences && columns.length > 1} />
        )}
      </SpaceBetween>
    </Container>
  )
}

const namesOf = ({ facts }: PermissionColumns): readonly string[] => [
  ...new Set(facts.flatMap(({ policies }) => policies.map(({ policyName }) => policyName))),
]

/** What decides before any policy does. */
function Before({ thingName, columns }: { readonly thingName: string; readonly columns: PermissionColumns }) {
  const nowMs = useNow(60_000)
  if (columns.hasNone) {
    return (
      <Alert type="error" header={`${thingName} has no certificate`}>
        No device can connect as this thing until a certificate is attached to it.
      </Alert>
    )
  }
  return columns.facts.map(({ principal, policies }) => {
    const id = principalIdOf(principal)
    const refused = whyPrincipalRefused(principal, nowMs)
    if (refused !== undefined) {
      return (
        <Alert key={id} type="error" header={`With ${id.slice(0, 8)}… it may do nothing`}>
          {refused}
        </Alert>
      )
    }
    return (
      policies.length === 0 && (
        <Alert key={id} type="error" header={`No policy reaches ${id.slice(0, 8)}…`}>
          With it, everything is denied.
        </Alert>
      )
    )
  })
}

interface CompareProps extends SearchProps<PermissionsSearch> {
  readonly policyNames: readonly string[]
}

function Compare({ search, setSearch, policyNames }: CompareProps) {
  const [thing, setThing] = useState(search.beside ?? '')
  const [version, setVersion] = useState(search.instead ?? '')
  const [example = 'device'] = policyNames
  return (
    <SubmittingForm
      onSubmit={() =>
        setSearch({
          beside: thing.trim() === '' ? undefined : thing.trim(),
          instead: version.trim() === '' ? undefined : version.trim(),
        })
      }
    >
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label="Compare with another thing">
          <div className="td-compare-thing">
            <ThingPicker value={thing} onChange={setThing} />
          </div>
        </FormField>
        <FormField label="or with another version of a policy">
          <Input
            value={version}
            spellcheck={false}
            onChange={({ detail }) => setVersion(detail.value)}
            placeholder={`e.g. ${example}:2`}
          />
        </FormField>
        <Button nativeButtonAttributes={SENDS_FORM}>Compare</Button>
        {(search.beside ?? search.instead) !== undefined && (
          <Link
            variant="secondary"
            onFollow={() => {
              setThing('')
              setVersion('')
              setSearch({ beside: undefined, instead: undefined })
            }}
          >
            Compare no longer
          </Link>
        )}
      </SpaceBetween>
    </SubmittingForm>
  )
}
