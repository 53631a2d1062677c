import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { CheckedRow, DecidedSide } from '../use-simulation.ts'
import { Need } from './need.tsx'

/** Policies of several kinds beside each other, and which of them refuse. */
export function Sides({ row: { sides } }: { readonly row: CheckedRow }) {
  return (
    <SpaceBetween size="s">
      <Together sides={sides} />
      <ColumnLayout columns={sides.length} minColumnWidth={300} borders="vertical">
        {sides.map(({ side, outcome, isAsked }) => (
          <section key={side.kind} aria-label={side.title}>
            <SpaceBetween size="xs">
              <Box variant="h3">{side.title}</Box>
              {isAsked ? (
                outcome.needs.map((need) => <Need key={need.decision.action} need={need} policies={side.policies} />)
              ) : (
                <StatusIndicator type="info">Not asked about this: the role alone decides</StatusIndicator>
              )}
            </SpaceBetween>
          </section>
        ))}
      </ColumnLayout>
    </SpaceBetween>
  )
}

/** What comes of them together. */
function Together({ sides }: { readonly sides: readonly DecidedSide[] }) {
  const asked = sides.filter(({ isAsked }) => isAsked)
  const refusing = asked.filter(({ outcome }) => outcome.decision !== 'ALLOWED')
  if (refusing.length === 0) {
    return <StatusIndicator type="success">Allowed: {titles(asked)} allow it</StatusIndicator>
  }
  const others = asked.filter((each) => !refusing.includes(each))
  return (
    <StatusIndicator type="error">
      Refused by {titles(refusing)}
      {others.length > 0 && `; ${titles(others)} would allow it`}
    </StatusIndicator>
  )
}

const titles = (sides: readonly DecidedSide[]): string => sides.map(({ side }) => side.title).join(' and ')
