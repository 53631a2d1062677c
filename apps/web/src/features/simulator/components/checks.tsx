import Button from '@cloudscape-design/components/button'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table, { type TableProps } from '@cloudscape-design/components/table'
import Toggle from '@cloudscape-design/components/toggle'
import type { ReactNode } from 'react'
import { actionOf, CHECK_ACTIONS, type Check, formatCheck } from '../../../shared/authorization/check.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import type { AwsAnswers } from '../use-aws-answers.ts'
import type { CheckedRow } from '../use-simulation.ts'
import { CommittedInput } from './committed-input.tsx'
import { AwsOutcome, Outcome, whyInALine } from './outcome.tsx'

interface ChecksProps {
  readonly rows: readonly CheckedRow[]
  /** Of the row that is looked at. */
  readonly looked: number
  readonly onLook: (index: number) => void
  readonly onChange: (checks: readonly Check[]) => void
  readonly aws: AwsAnswers | undefined
  readonly onAskAws: (ask: boolean) => void
  /** Saved checks. */
  readonly saved: ReactNode
}

const OPTIONS = CHECK_ACTIONS.map(({ action, does }) => ({ value: action, label: action, description: does }))

interface Numbered extends CheckedRow {
  readonly index: number
}

/** What is asked, and the answer to each: a table that is written in. */
export function Checks({ rows, looked, onLook, onChange, aws, onAskAws, saved }: ChecksProps) {
  const checks = rows.map(({ check }) => check)
  const put = (index: number, check: Check) => onChange(checks.map((each, at) => (at === index ? check : each)))
  const columns: TableProps.ColumnDefinition<Numbered>[] = [
    {
      id: 'action',
      header: 'Action',
      width: 220,
      minWidth: 160,
      cell: ({ check, index }) => (
        <Select
          ariaLabel={`Action of check ${index + 1}`}
          options={OPTIONS}
          filteringType="auto"
          expandToViewport
          selectedOption={OPTIONS.find(({ value }) => value === check.action) ?? { label: check.action }}
          onChange={({ detail }) => put(index, { ...check, action: detail.selectedOption.value ?? check.action })}
        />
      ),
    },
    {
      id: 'on',
      header: 'On',
      minWidth: 200,
      cell: ({ check, index }) => <On check={check} index={index} onCommit={(on) => put(index, { ...check, on })} />,
    },
    { id: 'outcome', header: 'Decision', width: 170, minWidth: 125, cell: (row) => <Outcome row={row} /> },
    {
      id: 'why',
      header: 'By which statement',
      minWidth: 220,
      cell: (row) => (
        <span className="td-two-lines">
          <NameText text={whyInALine(row)} />
        </span>
      ),
    },
    ...(aws
      ? [
          {
            id: 'aws',
            header: 'AWS',
            width: 150,
            minWidth: 130,
            cell: ({ index }: Numbered) => <AwsOutcome word={aws.words[index]} isWithout={aws.skipped.length > 0} />,
          },
        ]
      : []),
    {
      id: 'remove',
      header: <span className="td-sr">Remove</span>,
      width: 60,
      cell: ({ check, index }) => (
        <Button
          variant="inline-icon"
          iconName="close"
          ariaLabel={`Remove check ${index + 1}, ${formatCheck(check)}`}
          onClick={() => onChange(checks.filter((_, at) => at !== index))}
        />
      ),
    },
  ]
  const add = () => onChange([...checks, { action: checks.at(-1)?.action ?? 'iot:Publish', on: '' }])
  const items = rows.map((row, index) => ({ ...row, index }))
  return (
    <Table
      variant="container"
      wrapLines
      items={items}
      columnDefinitions={columns}
      trackBy={({ index }) => String(index)}
      selectionType="single"
      selectedItems={items.filter(({ index }) => index === looked)}
      onSelectionChange={({ detail }) => onLook(detail.selectedItems[0]?.index ?? 0)}
      ariaLabels={{
        tableLabel: 'Checks',
        selectionGroupLabel: 'The check that is explained below',
        itemSelectionLabel: (_, { check, index }) => `Explain check ${index + 1}, ${formatCheck(check)}`,
      }}
      header={
        <Header
          variant="h2"
          counter={`(${rows.length})`}
          actions={
            <SpaceBetween direction="horizontal" size="xs" alignItems="center">
              <Toggle checked={aws !== undefined} onChange={({ detail }) => onAskAws(detail.checked)}>
                Also ask AWS
              </Toggle>
              {saved}
              <Button iconName="add-plus" onClick={add}>
                Add check
              </Button>
            </SpaceBetween>
          }
        >
          What
        </Header>
      }
      empty={
        <SpaceBetween size="xs">
          <span>Nothing is asked yet.</span>
          <Button onClick={add}>Add check</Button>
        </SpaceBetween>
      }
    />
  )
}

interface OnProps {
  readonly check: Check
  readonly index: number
  readonly onCommit: (on: string) => void
}

function On({ check, index, onCommit }: OnProps) {
  const on = actionOf(check)?.on ?? 'topic'
  return (
    <CommittedInput
      value={check.on}
      ariaLabel={`${on} of check ${index + 1}`}
      placeholder={check.action === 'iot:Connect' ? 'The client id above' : on === 'nothing' ? '–' : `A ${on}`}
      disabled={on === 'nothing'}
      onCommit={onCommit}
    />
  )
}
