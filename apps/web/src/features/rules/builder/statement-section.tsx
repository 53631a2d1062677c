import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import type { SqlVersion } from '@thingdeck/rules-sql'
import { useDeferredValue, useMemo, useState } from 'react'
import { ProblemList } from '../../../shared/editor/problem-list.tsx'
import { SqlEditor } from '../../../shared/editor/sql-editor.tsx'
import type { TextEditorProps } from '../../../shared/editor/text-editor.tsx'
import type { TextProblem } from '../../../shared/editor/text-problem.ts'
import { formatCounted } from '../../../shared/format.ts'
import type { SeenMessages } from '../../../shared/seen-messages/use-seen-messages.ts'
import { prettySql } from '../rule-statement.ts'
import { FunctionHelp } from './function-help.tsx'
import { statementProblems } from './statement-problems.ts'
import { VersionDifferences } from './version-differences.tsx'
import './builder.css'

interface StatementSectionProps {
  readonly sql: string
  readonly sqlVersion: SqlVersion
  readonly onChange: (changed: { readonly sql?: string; readonly sqlVersion?: SqlVersion }) => void
  readonly seen: SeenMessages
  readonly isListening: boolean
  readonly onListening: (isListening: boolean) => void
  /** Of a rehearsal. */
  readonly notes: readonly TextProblem[]
}

const VERSIONS: readonly { readonly value: SqlVersion; readonly label: string; readonly description: string }[] = [
  { value: '2016-03-23', label: '2016-03-23', description: 'What AWS recommends' },
  { value: '2015-10-08', label: '2015-10-08', description: 'The original; what a rule has that names none' },
  { value: 'beta', label: 'beta', description: 'What AWS tries out, and may change at any time' },
]

/** The SQL of a rule, with all that helps to write it. */
export function StatementSection(props: StatementSectionProps) {
  const { sql, sqlVersion, onChange, seen, isListening, onListening, notes } = props
  const [reveal, setReveal] = useState<TextEditorProps['reveal']>()
  const written = useDeferredValue(sql)
  const problems = useMemo(() => statementProblems(written, sqlVersion), [written, sqlVersion])
  const laidOut = prettySql(sql)
  return (
    <Container header={<Header variant="h2">Statement</Header>}>
      <SpaceBetween size="m">
        <div>
          <SqlEditor
            label="SQL"
            value={sql}
            onChange={(text) => onChange({ sql: text })}
            sqlVersion={sqlVersion}
            sample={seen.sample}
            topicFilters={seen.topicFilters}
            notes={notes}
            reveal={reveal}
          />
          <div className="td-statement-bar">
            <span>Ctrl+Space offers what may stand here; a word tells what it does where the pointer rests on it.</span>
            <Button
              variant="inline-link"
              formAction="none"
              disabled={laidOut === sql}
              ariaLabel="Format the SQL"
              onClick={() => onChange({ sql: laidOut })}
            >
              Format
            </Button>
          </div>
          <ProblemList
            label="What was found in the SQL"
            problems={problems}
            text={written}
            nothing={
              notes.length === 0
                ? 'AWS takes this statement, and nothing in it looks wrong'
                : 'AWS takes this statement; what is marked in it, the rehearsal found with its messages'
            }
            onReveal={({ from, to }) => setReveal({ from, to })}
            onChange={written === sql ? (text) => onChange({ sql: text }) : undefined}
            more={({ message }) =>
              message.includes('needs SQL version 2016-03-23') && (
                <Button variant="inline-link" formAction="none" onClick={() => onChange({ sqlVersion: '2016-03-23' })}>
                  Use SQL version 2016-03-23
                </Button>
              )
            }
          />
        </div>
        <Toggle
          checked={isListening}
          description={
            seen.count === 0
              ? 'Members of the payloads are then offered by their names. It subscribes to the topics of FROM while this page is open.'
              : `Members of ${formatCounted(seen.count, 'message')} are offered by their names.`
          }
          onChange={({ detail }) => onListening(detail.checked)}
        >
          Learn names from live messages
        </Toggle>
        <FormField label="SQL version">
          <Select
            options={VERSIONS}
            selectedOption={VERSIONS.find(({ value }) => value === sqlVersion) ?? null}
            onChange={({ detail }) => {
              const chosen = VERSIONS.find(({ value }) => value === detail.selectedOption.value)
              if (chosen) onChange({ sqlVersion: chosen.value })
            }}
          />
        </FormField>
        <ExpandableSection headerText="What the versions make of it">
          <VersionDifferences sql={written} sample={seen.sample} />
        </ExpandableSection>
        <ExpandableSection headerText="Functions">
          <FunctionHelp sqlVersion={sqlVersion} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  )
}
