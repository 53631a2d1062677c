import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { type Delivery, type Fate, sinceStart, type Trace } from '../model.ts'
import { Through } from './through.tsx'

const FATES: Readonly<Record<Fate, { readonly type: StatusIndicatorProps.Type; readonly words: string }>> = {
  delivered: { type: 'success', words: 'delivered' },
  queued: { type: 'pending', words: 'kept until it comes back' },
  refused: { type: 'error', words: 'refused' },
  lost: { type: 'error', words: 'not delivered' },
}

/** Of so many receivers their subscriptions are asked for: each is a call of its own. */
const MOST_ASKED = 10

interface DeliveriesProps {
  readonly deliveries: readonly Delivery[]
  readonly trace: Trace
  /** Whether deliveries that succeed would be in the log. */
  readonly isLogged: boolean
}

/** To whom it went, and what became of it there; what went wrong first. */
export function Deliveries({ deliveries, trace, isLogged }: DeliveriesProps) {
  const order: readonly Fate[] = ['refused', 'lost', 'queued', 'delivered']
  const sorted = deliveries.toSorted((one, other) => order.indexOf(one.fate) - order.indexOf(other.fate))
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${deliveries.length})`}>
          To whom it went
        </Header>
      }
    >
      {sorted.length === 0 ? (
        <Box color="text-body-secondary">
          {isLogged
            ? 'As far as the log goes, to nobody: no client was subscribed to its topic, or their own levels leave it out.'
            : 'Not in the log at this level.'}
        </Box>
      ) : (
        <SpaceBetween size="xxs">
          {sorted.map((delivery) => (
            <DeliveryLine
              key={delivery.clientId}
              delivery={delivery}
              trace={trace}
              hasThrough={sorted.length <= MOST_ASKED}
            />
          ))}
        </SpaceBetween>
      )}
    </Container>
  )
}

interface DeliveryLineProps {
  readonly delivery: Delivery
  readonly trace: Trace
  /** Whether to ask through which subscription. */
  readonly hasThrough: boolean
}

function DeliveryLine({ delivery, trace, hasThrough }: DeliveryLineProps) {
  const { clientId, fate, entry } = delivery
  const { type, words } = FATES[fate]
  const why = whyInWords(entry)
  return (
    <StatusIndicator type={type}>
      <Link href={paths.logs({ client: clientId, last: '24h' })}>
        <NameText text={clientId} />
      </Link>{' '}
      {words} {sinceStart(entry, trace)}
      {type === 'error' && why !== undefined && <>: {visible(why)}</>}
      {hasThrough && entry.topicName !== undefined && <Through clientId={clientId} topic={entry.topicName} />}
    </StatusIndicator>
  )
}
