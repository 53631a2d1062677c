import './retained-look.css'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { fromBase64 } from '../../../shared/bytes-text.ts'
import type { Parts } from '../../../shared/feature/parts.ts'
import { formatBytes } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { Age } from '../../../shared/time.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { retainedMessageQuery } from '../api.ts'

interface RetainedLookProps extends Pick<Parts, 'MessageView'> {
  readonly topic: string
  /** What can be done with it. */
  readonly children: ReactNode
}

/** What is retained on one topic, byte for byte. */
export function RetainedLook({ topic, MessageView, children }: RetainedLookProps) {
  const query = useQuery(retainedMessageQuery(topic))
  const { data } = query
  const message = useMemo(
    () =>
      data && {
        topic,
        payload: fromBase64(data.payload) ?? new Uint8Array(),
        qos: data.qos,
        retain: true,
        receivedAtMs: Date.parse(data.lastModified),
        ...(data.userProperties.length > 0 && {
          properties: { userProperties: data.userProperties.map(({ name, value }) => [name, value] as const) },
        }),
      },
    [data, topic],
  )
  if (query.isPending) return <Loading what="retained message" />
  if (query.error) {
    return (
      <ErrorAlert
        error={query.error}
        what="The retained message could not be read"
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (!message) {
    return (
      <SpaceBetween size="s">
        <p>Nothing is retained on this topic any more: it was cleared, or its message expired.</p>
        <Button onClick={() => void query.refetch()}>Look again</Button>
      </SpaceBetween>
    )
  }
  return (
    <SpaceBetween size="s">
      <div className="td-retained-facts">
        <Copyable what="topic" text={topic} />
        <span>
          {formatBytes(message.payload.length)} · QoS {message.qos} · retained since <Age atMs={message.receivedAtMs} />
        </span>
        {children}
      </div>
      <MessageView key={`${topic} ${message.receivedAtMs}`} message={message} />
      <p className="td-weak">
        AWS tells payload, QoS and user properties here. Content type, expiry and the other properties of MQTT 5 come
        with the message itself: <Link href={paths.live({ s: [`1:${topic}`] })}>receive it on the Live page</Link>.
      </p>
    </SpaceBetween>
  )
}
