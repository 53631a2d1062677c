import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Published } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { formatDateTime } from '../../../shared/time.tsx'
import { ENDS, paceWords } from '../published-words.ts'

/** What was published: counts, how, and to which topics. */
export function PublishedFacts({ published }: { readonly published: Published }) {
  const { topics, topicsLeftOut, qos, retained, bytes, sent, failed, source, topicPrefix, end } = published
  const pace = paceWords(published)
  return (
    <SpaceBetween size="s">
      <Facts
        facts={[
          { label: 'Sent', value: formatCount(sent) },
          { label: 'Failed', value: formatCount(failed) },
          { label: 'QoS', value: qos.join(' and ') },
          { label: 'With the retain flag', value: formatCount(retained) },
          { label: 'Payloads', value: formatBytes(bytes) },
          pace === undefined ? undefined : { label: 'Pace', value: pace },
          end === undefined ? undefined : { label: 'Ended', value: ENDS[end] },
          source && {
            label: 'Recording',
            value: `${source.name}, received ${formatDateTime(Date.parse(source.from))} to ${formatDateTime(Date.parse(source.to))}`,
          },
          topicPrefix === undefined ? undefined : { label: 'Set before each topic', copy: topicPrefix },
        ]}
      />
      <Box variant="awsui-key-label">Topics</Box>
      <ul className="td-plain-list" aria-label="Topics">
        {topics.map(({ topic, messages }) => (
          <li key={topic}>
            <span className="td-mono">{visible(topic)}</span> <span className="td-weak">{formatCount(messages)}</span>
          </li>
        ))}
        {topicsLeftOut !== undefined && <li className="td-weak">and {formatCount(topicsLeftOut)} more, not kept</li>}
      </ul>
    </SpaceBetween>
  )
}
