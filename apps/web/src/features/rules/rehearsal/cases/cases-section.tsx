import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { hasHiddenAnswer, type KeptRuleCases, type RuleCase } from '@thingdeck/contract'
import { type CaseResult, RULE_CASES_VERSION, readRuleCases, runRuleCases } from '@thingdeck/rules-sql'
import { useRef } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { saveFile } from '../../../../shared/save-file.ts'
import { useWhyNot } from '../../../../shared/session/session.tsx'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../../shared/ui/loading.tsx'
import { useDebounced } from '../../../../shared/use-debounced.ts'
import type { RehearsalMessage, RehearsedRule } from '../protocol.ts'
import { messageOfCase } from './case-of.ts'
import { putRuleCases, ruleCasesKey, ruleCasesQuery } from './case-queries.ts'

/** Once somebody stops typing, the cases are run anew. */
const TYPING_MS = 300

interface CasesSectionProps {
  readonly ruleName: string
  readonly draft: RehearsedRule
  readonly onRehearse: (message: RehearsalMessage) => void
}

/** The test cases of a rule, run on the draft as it is now. */
export function CasesSection({ ruleName, draft, onRehearse }: CasesSectionProps) {
  const kept = useQuery(ruleCasesQuery(ruleName))
  const rule = useDebounced(JSON.stringify({ sql: draft.sql, awsIotSqlVersion: draft.awsIotSqlVersion }), TYPING_MS)
  const cases = kept.data?.cases ?? []
  const runnable = cases.filter((each) => !hasHiddenAnswer(each))
  const run = useQuery({
    queryKey: ['rule-cases-run', ruleName, rule, kept.data?.revision],
    queryFn: () => runRuleCases(JSON.parse(rule), ruleName, runnable),
    enabled: kept.data !== undefined,
    networkMode: 'always', // it asks nobody
    placeholderData: (before: readonly CaseResult[] | undefined) => before,
  })
  const failed = (run.data ?? []).filter(({ isPassed }) => !isPassed).length
  const verdict =
    cases.length === 0
      ? ''
      : failed > 0
        ? `, ${formatCount(failed)} failed`
        : runnable.length < cases.length
          ? `, ${formatCount(cases.length - runnable.length)} not run`
          : ', all passed'
  return (
    <ExpandableSection headerText={`Test cases (${formatCount(cases.length)}${verdict})`}>
      {kept.isPending && <Loading what="test cases" />}
      {kept.error && <ErrorAlert error={kept.error} what="The test cases could not be read" />}
      {kept.data && <Cases ruleName={ruleName} kept={kept.data} results={run.data ?? []} onRehearse={onRehearse} />}
    </ExpandableSection>
  )
}

interface CasesProps {
  readonly ruleName: string
  readonly kept: KeptRuleCases
  readonly results: readonly CaseResult[]
  readonly onRehearse: (message: RehearsalMessage) => void
}

function Cases({ ruleName, kept, results, onRehearse }: CasesProps) {
  const client = useQueryClient()
  const whyNot = useWhyNot('operator')
  const file = useRef<HTMLInputElement>(null)
  const put = useMutation({
    mutationFn: (cases: RuleCase[]) => putRuleCases(ruleName, { cases, revision: kept.revision }),
    onSuccess: (after) => client.setQueryData(ruleCasesKey(ruleName), after),
    onError: () => client.invalidateQueries({ queryKey: ruleCasesKey(ruleName) }),
  })
  const readFile = useMutation({
    mutationFn: async (chosen: File) => {
      const read = readRuleCases(await chosen.text())
      const names = new Set(read.cases.map(({ name }) => name))
      // What the file has counts; whether each is a case, the server says, with the member at fault.
      await put.mutateAsync([...kept.cases.filter(({ name }) => !names.has(name)), ...(read.cases as RuleCase[])])
    },
  })
  return (
    <SpaceBetween size="s">
      {kept.cases.length === 0 && (
        <p>
          None yet. Rehearse on a message, open it, and save it with what comes of it: it is run again on each change of
          the rule.
        </p>
      )}
      <ul className="td-plain-list" aria-label="Test cases">
        {kept.cases.map((testCase) => (
          <CaseLine
            key={testCase.name}
            testCase={testCase}
            result={results.find(({ name }) => name === testCase.name)}
            onRehearse={() => onRehearse(messageOfCase(testCase))}
            onRemove={() => put.mutate(kept.cases.filter((each) => each !== testCase))}
            whyNot={whyNot}
          />
        ))}
      </ul>
      {readFile.error ? (
        <ErrorAlert error={readFile.error} what="The file could not be taken over" />
      ) : (
        put.error && <ErrorAlert error={put.error} what="The test cases could not be kept" />
      )}
      <SpaceBetween direction="horizontal" size="xs">
        <Button
          iconName="download"
          disabled={kept.cases.length === 0}
          onClick={() => saveFile(new Blob([exportOf(ruleName, kept)]), `${ruleName}.cases.json`)}
        >
          Export
        </Button>
        <Button
          iconName="upload"
          disabled={whyNot !== undefined}
          disabledReason={whyNot ?? ''}
          onClick={() => file.current?.click()}
        >
          Import
        </Button>
      </SpaceBetween>
      <input
        ref={file}
        type="file"
        accept=".json"
        hidden
        aria-label="Test cases to import"
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen) readFile.mutate(chosen)
          target.value = ''
        }}
      />
    </SpaceBetween>
  )
}

const exportOf = (ruleName: string, { cases }: KeptRuleCases): string =>
  `${JSON.stringify({ thingdeck: 'rule-cases', version: RULE_CASES_VERSION, ruleName, cases }, undefined, 2)}\n`

interface CaseLineProps {
  readonly testCase: RuleCase
  readonly result: CaseResult | undefined
  readonly onRehearse: () => void
  readonly onRemove: () => void
  readonly whyNot: string | undefined
}

function CaseLine({ testCase, result, onRehearse, onRemove, whyNot }: CaseLineProps) {
  const { name, expected } = testCase
  return (
    <li>
      <StatusIndicator type={result === undefined ? 'pending' : result.isPassed ? 'success' : 'error'}>
        <VisibleText text={name} />
      </StatusIndicator>{' '}
      <Button variant="inline-link" ariaLabel={`Rehearse ${name}`} onClick={onRehearse}>
        Rehearse
      </Button>{' '}
      <Button
        variant="inline-link"
        ariaLabel={`Remove ${name}`}
        disabled={whyNot !== undefined}
        disabledReason={whyNot ?? ''}
        onClick={onRemove}
      >
        Remove
      </Button>
      {hasHiddenAnswer(testCase) && (
        <p className="td-weak">Not run here: what get_secret() answers in it only operators see.</p>
      )}
      {result && !result.isPassed && (
        <p className="td-mono td-error">
          Expected: <VisibleText text={wordsOf(expected)} />. Now:{' '}
          <VisibleText text={wordsOf(result.actual, result.reason)} />
        </p>
      )}
    </li>
  )
}

const wordsOf = ({ outcome, output }: CaseResult['actual'], reason?: string): string =>
  `${output ?? outcome}${reason === undefined ? '' : `: ${reason}`}`
