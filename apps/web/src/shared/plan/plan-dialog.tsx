import FormField from '@cloudscape-design/components/form-field'
import { type ReactNode, useState } from 'react'
import { Consequences } from '../dialog/consequences.tsx'
import { Dialog } from '../dialog/dialog.tsx'
import { TypedName } from '../dialog/typed-name.tsx'
import { InEnvironment, useInProduction } from '../environment/in-environment.tsx'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { Loading } from '../ui/loading.tsx'
import type { Plan } from './plan.ts'
import { PlanSteps } from './plan-progress.tsx'
import { usePlans } from './plans.tsx'

interface PlanDialogProps {
  /** 'Delete the certificate 5f2c…' */
  readonly header: string
  /** 'Delete certificate' */
  readonly action: string
  /** Undefined: what it takes is still being read. */
  readonly plan: Plan | undefined
  /** Why that could not be read. */
  readonly error?: Error | null
  /** What will be different for whom, the worst first, each a sentence or two; elements have a key. */
  readonly consequences: readonly ReactNode[]
  /** Where it hurts: what has to be typed, letter by letter. */
  readonly name?: string | undefined
  /** What the name is, 'the first eight characters of its id'. */
  readonly nameWords?: string
  /** `large` where tables or texts are looked at. */
  readonly size?: 'medium' | 'large'
  /** Choices to make before, above the steps. */
  readonly children?: ReactNode
  /** Why it cannot be done. */
  readonly whyNot?: string | undefined
  readonly onClose: () => void
}

/**
 * What a plan will do, and to whom, before it does anything. Once it is agreed to, its steps are shown as they go on,
 * and the page may be left.
 */
export function PlanDialog(props: PlanDialogProps) {
  const {
    header,
    action,
    plan,
    error,
    consequences,
    name,
    nameWords,
    size = 'medium',
    children,
    whyNot,
    onClose,
  } = props
  const { start } = usePlans()
  const [typed, setTyped] = useState('')
  const where = useInProduction()
  return (
    <Dialog
      header={header}
      action={action}
      size={size}
      disabled={plan === undefined || (name !== undefined && typed !== name)}
      whyNot={whyNot}
      onClose={onClose}
      onAction={() => {
        if (!plan) return
        onClose()
        start(plan)
      }}
    >
      <InEnvironment />
      {error && <ErrorAlert error={error} what="What depends on it could not be read" />}
      {!error && !plan && <Loading what="what depends on it" />}
      {plan && <Consequences list={consequences} />}
      {children}
      {plan && plan.steps.length > 1 && (
        <FormField label="Step by step" description="It stops at the first step that fails.">
          <PlanSteps steps={plan.steps} />
        </FormField>
      )}
      {plan && name !== undefined && (
        <TypedName label={`To go on${where}, type ${name}`} description={nameWords} typed={typed} onType={setTyped} />
      )}
    </Dialog>
  )
}
