import './trace.css'
import Container from '@cloudscape-design/components/container'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { ActionButton } from '../../../../shared/action/action-buttons.tsx'
import { paths } from '../../../../shared/paths.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { useEnableRules } from '../../use-enable-rules.ts'
import { type Check, type CheckState, firstWrong } from '../why-checks.ts'

const STATES: Readonly<Record<CheckState, readonly [type: StatusIndicatorProps.Type, word: string]>> = {
  right: ['success', 'Right'],
  wrong: ['error', 'Wrong'],
  'not known': ['info', 'Not known'],
}

interface WhyPanelProps {
  readonly ruleName: string
  readonly checks: readonly Check[]
  /** What FROM takes. */
  readonly topicFilter: string | undefined
  readonly onFailures: () => void
}

/** Why the rule has not fired: each condition in the order in which a message meets it, and whether it holds. */
export function WhyPanel({ ruleName, checks, topicFilter, onFailures }: WhyPanelProps) {
  const wrong = firstWrong(checks)
  const items = (shown: readonly Check[]) => (
    <ol className="td-why">
      {shown.map((check) => (
        <li key={check.id}>
          <StatusIndicator type={STATES[check.state][0]} iconAriaLabel={STATES[check.state][1]}>
            {check.asks}
          </StatusIndicator>
          <div className="td-why-says">
            <VisibleText text={check.says} />{' '}
            <CheckLinkTo check={check} ruleName={ruleName} topicFilter={topicFilter} onFailures={onFailures} />
          </div>
        </li>
      ))}
    </ol>
  )
  if (!wrong) return <ExpandableSection headerText={QUESTION}>{items(checks)}</ExpandableSection>
  return (
    <Container header={<Header variant="h2">{QUESTION}</Header>}>
      {items([wrong])}
      <ExpandableSection
        headerText="All that was checked, in the order in which a message meets it"
        headingTagOverride="h3"
      >
        {items(checks)}
      </ExpandableSection>
    </Container>
  )
}

/** Where what devices really publish is seen, of which FROM took none. `#` takes no topic that begins with `$`. */
const elsewhere = (topicFilter: string): string => (topicFilter.startsWith('$') ? topicFilter : '#')

const QUESTION = 'Why has this rule not fired?'

function CheckLinkTo({
  check: { link },
  ruleName,
  topicFilter,
  onFailures,
}: Omit<WhyPanelProps, 'checks'> & { readonly check: Check }): ReactNode {
  const enable = useEnableRules()
  switch (link) {
    case undefined:
      return null
    case 'enable':
      return <ActionButton id="enable-here" text="Enable rule" needs="admin" onAction={() => enable([ruleName])} />
    case 'live':
      return topicFilter === undefined ? null : (
        <Link href={paths.live({ s: [`0:${elsewhere(topicFilter)}`] })}>
          See what arrives on {elsewhere(topicFilter)}
        </Link>
      )
    case 'rehearsal':
      return <Link href={paths.rule(ruleName, { tab: 'rehearsal' })}>Rehearse</Link>
    case 'edit':
      return <Link href={paths.editRule(ruleName)}>Edit rule</Link>
    case 'failures':
      return (
        <Link
          href={paths.rule(ruleName, { tab: 'trace', failures: '1' })}
          onFollow={(event) => {
            event.preventDefault()
            onFailures()
          }}
        >
          Show the failures
        </Link>
      )
    case 'logging':
      return <Link href={paths.logSettings()}>Logging settings</Link>
    case 'metrics':
      return <Link href={paths.metrics({ subject: 'rules' })}>Metrics of rules</Link>
  }
}
