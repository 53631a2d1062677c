import ExpandableSection from '@cloudscape-design/components/expandable-section'
import type { PolicyTarget } from '@thingdeck/contract'
import { useState } from 'react'
import { PolicyImpact } from './policy-impact.tsx'

interface LossOfProps {
  readonly policyName: string
  readonly targets: readonly PolicyTarget[]
  /** What decides now. */
  readonly document: string
  /** Only these targets lose it. */
  readonly isPart?: boolean
}

/** What would be denied to whom without a policy; looked at when somebody wants to know, as AWS is asked for each. */
export function LossOf({ document, ...who }: LossOfProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <ExpandableSection
      headerText="What would be denied, and to whom"
      expanded={isOpen}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {isOpen && <PolicyImpact {...who} before={document} after={undefined} />}
    </ExpandableSection>
  )
}
