import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQueries } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { policySetFrom } from '../../../shared/authorization/policy-set.ts'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { OneFile } from '../../../shared/form/one-file.tsx'
import { formatCount } from '../../../shared/format.ts'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import { PoliciesPicker } from '../../../shared/pickers/policy-picker.tsx'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { policyQuery } from '../api.ts'
import type { CasesSearch } from '../search.ts'
import { CaseFileError, type PolicyCase, parseCaseFile } from './case-file.ts'
import { CasesList } from './cases-list.tsx'
import { type DecidedCase, decideCases } from './decide-case.ts'
import { type KeptCases, keepCases, readKeptCases } from './kept-cases.ts'

/** A file of questions with what is to come of each: a test of policies, which is run before they are attached. */
export function CasesPage({ search, setSearch }: SearchProps<CasesSearch>) {
  usePageChrome({
    title: 'Cases',
    breadcrumbs: [
      { text: 'Simulator', href: paths.simulator() },
      { text: 'Cases', href: paths.policyCases() },
    ],
  })
  const [file, setFile] = useState<KeptCases | undefined>(readKeptCases)
  const read = useMemo(() => readCases(file), [file])
  const home = usePolicyHome()
  const names = search.policies ?? NONE
  const queries = useQueries({ queries: names.map((policyName) => policyQuery(policyName)) })
  const failed = queries.find(({ error }) => error !== null)?.error
  const texts = queries.map(({ data }) => data?.policyDocument)
  const textsKey = JSON.stringify(texts)
  const decided = useMemo(() => {
    const known: readonly (string | null)[] = JSON.parse(textsKey)
    const others =
      names.length > 0 && known.every((text) => text !== null)
        ? policySetFrom(
            names.map((policyName, index) => {
              return { policyName, which: 'default version', text: known[index] ?? '', ways: [], isReplaced: false }
            }),
          )
        : undefined
    return decideCases(read.cases, home, others)
  }, [read, home, names, textsKey])
  const lack = read.cases.filter(({ policies }) => policies === undefined).length
  return (
    <SpaceBetween size="m">
      <PageHeader description="A file of questions with what is to come of each, decided by the same code as in the embedded broker.">
        Cases
      </PageHeader>
      <Container>
        <SpaceBetween size="m">
          <FormField
            label="File of cases"
            description="It is read in this browser, and sent nowhere."
            errorText={read.problem}
            constraintText={file?.name}
          >
            <OneFile
              text="Open a file of cases"
              accept=".json,application/json"
              onFile={(chosen) => {
                void chosen.text().then((text) => {
                  const opened = { name: chosen.name, text }
                  keepCases(opened)
                  setFile(opened)
                  setSearch({ look: undefined, page: undefined }, { replace: true })
                })
              }}
            />
          </FormField>
          <FormField
            label="Policies of cases that bring none"
            description="Their default versions: what a changed policy does to cases that are kept."
            errorText={failed?.message}
          >
            <PoliciesPicker
              label="Policies of cases that bring none"
              value={names}
              onChange={(chosen) => setSearch({ policies: chosen.length === 0 ? undefined : chosen })}
            />
          </FormField>
          <Shape />
        </SpaceBetween>
      </Container>
      {lack > 0 && names.length === 0 && (
        <Alert type="warning">
          {formatCount(lack)} of the cases {lack === 1 ? 'brings' : 'bring'} no policies: choose which decide about
          them.
        </Alert>
      )}
      {decided.length > 0 && <Summary decided={decided} />}
      {decided.length > 0 && (
        <CasesList
          decided={decided}
          refresh={() => {
            for (const { refetch } of queries) void refetch()
          }}
          isRefreshing={queries.some(({ isRefetching }) => isRefetching)}
          search={search}
          setSearch={setSearch}
        />
      )}
    </SpaceBetween>
  )
}

const NONE: readonly string[] = []

function readCases(file: KeptCases | undefined): { readonly cases: readonly PolicyCase[]; readonly problem?: string } {
  if (!file) return { cases: [] }
  try {
    return { cases: parseCaseFile(file.text) }
  } catch (error) {
    if (!(error instanceof CaseFileError)) throw error
    return { cases: [], problem: error.message }
  }
}

function Summary({ decided }: { readonly decided: readonly DecidedCase[] }) {
  const good = decided.filter(({ isAsExpected }) => isAsExpected).length
  const all = decided.length === 1 ? '1 case' : `${formatCount(decided.length)} cases`
  return (
    <div role="status">
      {good === decided.length ? (
        <StatusIndicator type="success">All {all} as expected</StatusIndicator>
      ) : (
        <StatusIndicator type="error">
          {formatCount(decided.length - good)} of {all} otherwise than expected
        </StatusIndicator>
      )}
    </div>
  )
}

/** What is written in a file. */
function Shape() {
  return (
    <ExpandableSection headerText="What a file of cases looks like">
      <SpaceBetween size="s">
        <Box variant="code">
          <pre className="td-mono">{EXAMPLE}</pre>
        </Box>
        <span>
          A check is an action and what it is about, as on the page <Link href={paths.simulator()}>Simulator</Link>. A
          case may also say <span className="td-mono">values</span> (other keys of conditions, those of a certificate
          say), <span className="td-mono">sourceIp</span>, <span className="td-mono">over</span> (mqtt or https),{' '}
          <span className="td-mono">persistent</span> and <span className="td-mono">will</span>. Its thing is attached
          to the principal. What there is no member for is refused.
        </span>
      </SpaceBetween>
    </ExpandableSection>
  )
}

const EXAMPLE = JSON.stringify(
  {
    cases: [
      {
        what: 'a pump writes to its own topic',
        policies: [
          {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: 'iot:Publish',
                Resource: 'arn:aws:iot:us-east-1:123456789012:topic/dt/${iot:Connection.Thing.ThingName}/*',
              },
            ],
          },
        ],
        clientId: 'pump-7',
        thing: { name: 'pump-7', type: 'pump', attributes: { site: 'north' } },
        check: 'iot:Publish dt/pump-7/telemetry',
        expect: 'ALLOWED',
      },
    ],
  },
  undefined,
  2,
)
