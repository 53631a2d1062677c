import type { AuditEntry, Published } from '@thingdeck/contract'
import { formatBytes, formatCount, formatCounted } from '../../shared/format.ts'

/** All topics, also those that the entry does not list. */
const topicCount = ({ topics, topicsLeftOut = 0 }: Published): number => topics.length + topicsLeftOut

/** In one line what was published: `cmd/pump-1, 12 bytes` or `1,200 messages to 3 topics, 2 failed, stopped`. */
export function publishedWords({ action, published }: AuditEntry): string {
  if (!published) return ''
  const { topics, sent, failed, bytes, retained, end } = published
  const [first] = topics
  const topic = topicCount(published) === 1 && first ? first.topic : formatCounted(topicCount(published), 'topic')
  if (end === undefined && sent + failed === 1) {
    return `${topic}, ${formatBytes(bytes)}${retained > 0 && action !== 'ClearRetained' ? ', retained' : ''}`
  }
  const what =
    action === 'ClearRetained'
      ? formatCounted(sent, 'retained message')
      : `${formatCounted(sent, 'message')} to ${topic}`
  return [what, failed > 0 && `${formatCount(failed)} failed`, end !== undefined && ENDS[end]]
    .filter((part) => typeof part === 'string')
    .join(', ')
}

export const ENDS: Readonly<Record<NonNullable<Published['end']>, string>> = {
  done: 'to its end',
  stopped: 'stopped by the person',
  failed: 'ended by itself',
  left: 'the page was left: at least so many',
}

/** How often and how fast, of a repeat or a replay. */
export function paceWords({ perSecond, speed }: Published): string | undefined {
  if (perSecond !== undefined) return `${formatCount(perSecond)} a second`
  if (speed === undefined) return undefined
  return speed === 0 ? 'as fast as may be' : speed === 1 ? 'as received' : `${speed} times as fast as received`
}
