import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation } from '@tanstack/react-query'
import { endpoints, type RegistrationPartFindings } from '@thingdeck/contract'
import { useMemo, useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { api } from '../../../shared/api.ts'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { checkParts, takenNames } from '../api.ts'
import { requestProblems } from '../csv/check-requests.ts'
import { wrongLinesCsv } from '../csv/wrong-lines.ts'
import { type FlowDraft, linesWith, partsOf, type ReadFile } from '../flow-values.ts'
import { BeginDialog } from './begin-dialog.tsx'
import { ProblemTable } from './problem-table.tsx'
import { TaskDialog } from './task-dialog.tsx'

type Findings = RegistrationPartFindings['findings']

interface LinesStepProps {
  readonly draft: FlowDraft
  readonly read: ReadFile
  readonly onBegun: () => void
  readonly onUnanswered: () => void
}

const linesInWords = (count: number): string => formatCounted(count, 'line')

const WHY_NOT: Readonly<Record<Findings[number]['state'], (name: string) => string>> = {
  missing: (name) => `There is no ${name}.`,
  deprecated: (name) => `${name} is deprecated: AWS makes no things of this type.`,
  dynamic: (name) => `${name} is a dynamic group: its query decides who is in it.`,
}

/** What is wrong, line by line, before anything is made; then it is begun with those that are right. */
export function LinesStep({ draft, read, onBegun, onUnanswered }: LinesStepProps) {
  const [checked, setChecked] = useState<number>()
  const [begins, setBegins] = useState<'console' | 'aws'>()
  const things = useMemo(() => read.lines.flatMap(({ thing }) => thing ?? []), [read])
  const check = useMutation({
    mutationFn: async (known: ReadonlySet<string> | undefined) => {
      setChecked(known ? things.length : 0)
      const requests = await requestProblems(read.lines)
      const findings = await checkParts(partsOf(things))
      const taken = known ?? (await takenNames(namesOf(things), setChecked))
      return { findings, taken, requests }
    },
  })
  const make = useMutation({
    mutationFn: async (findings: Findings) => {
      const missing = (kind: Findings[number]['kind']) =>
        findings.filter((each) => each.kind === kind && each.state === 'missing').map(({ name }) => name)
      const body = {
        thingTypeNames: missing('thing-type'),
        thingGroupNames: missing('thing-group'),
        billingGroupNames: missing('billing-group'),
      }
      await api(endpoints.createRegistrationParts, { body })
    },
    onSuccess: () => check.mutate(check.data?.taken),
  })
  const found = check.data
  const lines = useMemo(() => {
    if (!found) return read.lines
    const states = new Map(found.findings.map(({ kind, name, state }) => [`${kind} ${name}`, state]))
    return linesWith(read.lines, draft.uses, found, (kind, name) => {
      const state = states.get(`${kind} ${name}`)
      return state && WHY_NOT[state](name)
    })
  }, [read, draft.uses, found])
  if (read.columnProblems.length > 0) return null
  const wrong = lines.filter(({ problems }) => problems.length > 0)
  const right = lines.flatMap(({ thing }) => thing ?? [])
  const missing = found?.findings.filter(({ state }) => state === 'missing') ?? []
  const isPolicyMissing = draft.policy !== 'none' && draft.policyName === ''
  const whyNot = !found
    ? 'Check the lines first.'
    : right.length === 0
      ? 'No line is right.'
      : isPolicyMissing
        ? 'Name the policy, above.'
        : undefined
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${formatCount(lines.length)})`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                iconName="download"
                disabled={wrong.length === 0}
                onClick={() =>
                  saveFile(
                    new Blob([wrongLinesCsv(read.table, lines)], { type: 'text/csv' }),
                    `wrong-${draft.fileName}`,
                  )
                }
              >
                Download wrong lines
              </Button>
              <Button
                loading={check.isPending}
                {...(!found && { variant: 'primary' })}
                onClick={() => check.mutate(undefined)}
              >
                {found ? 'Check again' : `Check ${linesInWords(lines.length)}`}
              </Button>
            </SpaceBetween>
          }
        >
          4. Lines
        </Header>
      }
    >
      <SpaceBetween size="m">
        {check.isPending && (
          <ProgressBar
            label="Looking for names that are taken"
            value={((checked ?? 0) / Math.max(1, things.length)) * 100}
            additionalInfo={`${formatCount(checked ?? 0)} of ${formatCounted(things.length, 'name')}`}
          />
        )}
        {check.error && <ErrorAlert error={check.error} what="The lines could not be checked" />}
        {make.error && <ErrorAlert error={make.error} what="Not all that is missing could be made" />}
        {(missing.length > 0 || wrong.length > 0 || found) && (
          <div role="alert">
            <SpaceBetween size="m">
              {missing.length > 0 && (
                <Alert
                  type="warning"
                  header={`${missing.length === 1 ? 'One name is' : `${formatCount(missing.length)} names are`} not there yet`}
                  action={
                    <ActionButton
                      id="make-missing"
                      text={`Make ${missingInWords(missing)}`}
                      needs="admin"
                      isBusy={make.isPending}
                      onAction={() => make.mutate(missing)}
                    />
                  }
                >
                  {visible(missing.map(({ name }) => name).join(', '))}. They would be made without a description,
                  attributes or a parent; add these on their pages.
                </Alert>
              )}
              {wrong.length > 0 ? (
                <Alert type="error" header={`${linesInWords(wrong.length)} cannot become things`}>
                  {`${right.length === 0 ? 'No line can.' : right.length === 1 ? 'One other line can.' : `The other ${linesInWords(right.length)} can.`} Wrong lines are left out; download them, mend them, and register them as a file of their own.`}
                </Alert>
              ) : (
                found && <Alert type="success">{`All ${linesInWords(lines.length)} can become things.`}</Alert>
              )}
            </SpaceBetween>
          </div>
        )}
        {wrong.length > 0 && <ProblemTable table={read.table} lines={wrong} />}
        <SpaceBetween direction="horizontal" size="xs">
          <ActionButton
            id="register"
            text={`Register ${formatCounted(right.length, 'thing')}`}
            needs="admin"
            isPrimary={found !== undefined}
            whyNot={whyNot}
            onAction={() => setBegins('console')}
          />
          <ActionButton
            id="register-by-aws"
            text="Have AWS do it"
            needs="admin"
            whyNot={whyNot}
            onAction={() => setBegins('aws')}
          />
        </SpaceBetween>
      </SpaceBetween>
      {begins === 'console' && (
        <BeginDialog
          draft={draft}
          things={right}
          leftOut={wrong.length}
          onBegun={onBegun}
          onUnanswered={onUnanswered}
          onClose={() => setBegins(undefined)}
        />
      )}
      {begins === 'aws' && <TaskDialog from={{ draft, things: right, onBegun }} onClose={() => setBegins(undefined)} />}
    </Container>
  )
}

const namesOf = (things: readonly { readonly thingName: string }[]) => things.map(({ thingName }) => thingName)

const KINDS = [
  ['thing-type', 'thing type'],
  ['thing-group', 'thing group'],
  ['billing-group', 'billing group'],
] as const

/** `2 thing types, 1 billing group` */
function missingInWords(missing: Findings): string {
  return KINDS.flatMap(([kind, one]) => {
    const count = missing.filter((each) => each.kind === kind).length
    return count === 0 ? [] : [formatCounted(count, one)]
  }).join(', ')
}
