import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Wizard from '@cloudscape-design/components/wizard'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type BodyOf, endpoints, MOST_JOB_TARGETS } from '@thingdeck/contract'
import { useEffect, useState } from 'react'
import { api } from '../../../shared/api.ts'
import { serverNow } from '../../../shared/clock/server-clock.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { FormElement } from '../../../shared/form/form-element.tsx'
import { brokenAtOnce, brokenWhenLeft } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { useSession, useWhyNot } from '../../../shared/session/session.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { jobsChanged } from '../api.ts'
import { DocumentStep } from './document-step.tsx'
import { jobDraft } from './job-draft.ts'
import { JOB_LIMITS, jobRules } from './job-rules.ts'
import { type JobValues, jobOf, NEW_JOB, targetsOf } from './job-values.ts'
import { dropLeftThings } from './left-draft.ts'
import { ReviewStep } from './review-step.tsx'
import { RolloutStep } from './rollout-step.tsx'
import { TargetsStep } from './targets-step.tsx'

interface JobWizardProps {
  readonly begin: () => JobValues
  /** The job that it is like. */
  readonly like: string | undefined
  /** As it is for all of that job's targets, where it begins with what was left of them; else undefined. */
  readonly whole: JobValues | undefined
  /** It goes on with what was kept. */
  readonly isDraft: boolean
}

type Counted = BodyOf<typeof endpoints.countJobTargets>

const STEPS: readonly (readonly (keyof JobValues)[])[] = [
  ['jobId', 'description', 'who', 'names', 'groups', 'beside', 'query', 'selection'],
  ['packageVersions', 'document', 'documentSource', 'template', 'managed', 'parameters', 'roleArn', 'expiresInSec'],
  [
    'perMinute',
    'base',
    'factor',
    'every',
    'aborts',
    'timeout',
    'retryFailed',
    'retryTimedOut',
    'start',
    'end',
    'windows',
  ],
  ['tags'],
]

/** What AWS refuses stands at its field, which may lie in an earlier step. */
const FIELDS_OF_CODES = { ResourceAlreadyExistsException: 'jobId' } as const

/** Four steps to a job; what is written is kept in this tab until the job is made. */
export function JobWizard({ begin, like, whole, isDraft }: JobWizardProps) {
  const { history } = useRouter()
  const { flash } = useFlash()
  const { person } = useSession()
  const client = useQueryClient()
  const [initial] = useState(begin)
  const [isKept, setKept] = useState(isDraft)
  const [isOfLeft, setOfLeft] = useState(whole !== undefined)
  const [step, setStep] = useState(0)
  const rules = jobRules(serverNow)
  const draft = jobDraft(person.id)
  const form = useForm<JobValues, { readonly jobId: string }>({
    initial,
    limits: JOB_LIMITS,
    rules,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) => api(endpoints.createJob, { body: jobOf(values) }),
    onDone: ({ jobId }) => {
      draft.write(undefined)
      if (like !== undefined) dropLeftThings(person.id, like)
      void jobsChanged(client)
      flash({ id: `job ${jobId}`, type: 'success', header: `The job ${visibleText(jobId)} is made` })
      history.push(paths.job(jobId))
    },
  })
  const { values } = form
  const isChanged = values !== initial
  useEffect(() => {
    if (isChanged) jobDraft(person.id).write(values)
  }, [values, isChanged, person.id])
  const mayNot = useWhyNot('operator')
  const asked = askedOf(values)
  const count = useMutation({
    mutationFn: (body: Counted) => api(endpoints.countJobTargets, { body }),
    onSuccess: ({ sample, count: all }, body) => {
      if ('query' in body) form.change({ found: all > MOST_JOB_TARGETS ? [] : sample })
    },
  })
  const counted = asked && JSON.stringify(count.variables) === JSON.stringify(asked) ? count.data : undefined
  const isWrong = (name: keyof JobValues) => wrongIn(rules, name, values)
  const wrongStep = (index: number) => STEPS[index]?.some(isWrong) ?? false
  const isToBeCounted = values.who === 'query' && values.found.length === 0 && !counted && mayNot === undefined
  const go = (to: number) => {
    // What is missing stands beside the button that counts.
    if (step === 0 && to > 0 && counted && counted.missing.length > 0) return
    if (step === 0 && to > 0 && isToBeCounted && asked) {
      const others = (STEPS[0] ?? []).filter((name) => name !== 'query')
      for (const name of others) form.field(name).leave()
      if (others.some(isWrong)) return
      return count.mutate(asked, { onSuccess: ({ count: all }) => all > 0 && all <= MOST_JOB_TARGETS && setStep(1) })
    }
    for (let index = step; index < to; index += 1) {
      for (const name of STEPS[index] ?? []) form.field(name).leave()
      if (wrongStep(index)) return setStep(index)
    }
    if (step === 0 && to > 0 && asked && !counted && mayNot === undefined) count.mutate(asked)
    setStep(to)
  }
  return (
    <FormElement form={form} whyNot={mayNot ?? (step < STEPS.length - 1 ? 'There are steps to come.' : undefined)}>
      <SpaceBetween size="m">
        {isKept && (
          <Alert
            type="info"
            dismissible
            onDismiss={() => setKept(false)}
            action={
              <Button
                formAction="none"
                onClick={() => {
                  form.change(NEW_JOB)
                  setKept(false)
                }}
              >
                Begin anew
              </Button>
            }
          >
            This goes on with what was written in this tab before.
          </Alert>
        )}
        {isOfLeft && whole && like !== undefined && (
          <Alert
            type="info"
            action={
              <Button
                formAction="none"
                onClick={() => {
                  const { who, names, groups, beside, selection } = whole
                  form.change({ who, names, groups, beside, selection })
                  dropLeftThings(person.id, like)
                  setOfLeft(false)
                }}
              >
                For all of its targets
              </Button>
            }
          >
            This is for the things that were left of the job {visible(like)}, not for all that it was for.
          </Alert>
        )}
        {mayNot !== undefined && <Alert type="info">{mayNot}</Alert>}
        {form.failure && <ErrorAlert error={form.failure} what="The job could not be created" />}
        <Wizard
          activeStepIndex={step}
          onNavigate={({ detail }) => go(detail.requestedStepIndex)}
          onCancel={() => history.push(paths.jobs())}
          onSubmit={() => {
            const first = STEPS.findIndex((_, index) => wrongStep(index))
            if (first !== -1) setStep(first)
            if (mayNot === undefined) form.submit()
          }}
          isLoadingNextStep={form.isBusy}
          submitButtonText="Create job"
          i18nStrings={{
            stepNumberLabel: (number) => `Step ${number}`,
            collapsedStepsLabel: (number, all) => `Step ${number} of ${all}`,
            skipToButtonLabel: ({ title }) => `Skip to ${title}`,
            navigationAriaLabel: 'Steps',
            cancelButton: 'Cancel',
            previousButton: 'Back',
            nextButton: 'Next',
            errorIconAriaLabel: 'Error',
          }}
          steps={[
            {
              title: 'For whom',
              description: 'A job tells each of its devices to do something once, and keeps what became of it.',
              content: (
                <TargetsStep
                  form={form}
                  counted={counted}
                  isCounting={count.isPending}
                  error={count.error}
                  onCount={asked && mayNot === undefined ? () => count.mutate(asked) : undefined}
                />
              ),
            },
            { title: 'What', description: 'What the devices are told.', content: <DocumentStep form={form} /> },
            {
              title: 'How fast, and what stops it',
              description: 'A mistake in it reaches as many devices as are told before somebody notices.',
              content: <RolloutStep form={form} counted={counted} />,
            },
            {
              title: 'Look again',
              description: 'Nothing has happened yet.',
              content: <ReviewStep form={form} counted={counted} />,
            },
          ]}
        />
      </SpaceBetween>
    </FormElement>
  )
}

/** What is to be counted; undefined while nothing is said. */
function askedOf(values: JobValues): Counted | undefined {
  if (values.who === 'query') return values.query.trim() === '' ? undefined : { query: values.query.trim() }
  const targets = targetsOf(values)
  const number = targets.thingNames.length + targets.thingGroupNames.length
  return number === 0 || number > MOST_JOB_TARGETS ? undefined : targets
}

function wrongIn<K extends keyof JobValues>(rules: ReturnType<typeof jobRules>, name: K, values: JobValues): boolean {
  const limits = JOB_LIMITS[name]
  const value = values[name]
  const isOut =
    limits !== undefined &&
    typeof value === 'string' &&
    (brokenAtOnce(limits, value) ?? brokenWhenLeft(limits, value)) !== undefined
  return isOut || rules[name]?.(value, values) !== undefined
}
