import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Toggle from '@cloudscape-design/components/toggle'
import { useEffect, useRef, useState } from 'react'
import { formatCounted } from '../../../shared/format.ts'
import { messageOf } from '../../../shared/message-of.ts'
import { useMqtt } from '../../../shared/mqtt/mqtt-context.ts'
import { readRequest, requestFilter } from './read-request.ts'
import { deviceOf, MOST_DEVICES, requestsIn } from './recorded-requests.ts'
import type { RehearsedDevice } from './rehearsed-device.ts'

interface DeviceSourcesProps {
  readonly templateName: string
  readonly onDevices: (devices: readonly RehearsedDevice[]) => void
}

/** Requests of devices that came: live, kept by the live page, or recorded. */
export function DeviceSources({ templateName, onDevices }: DeviceSourcesProps) {
  const mqtt = useMqtt()
  const file = useRef<HTMLInputElement>(null)
  const [isLive, setLive] = useState(false)
  const [report, setReport] = useState<{ readonly words: string; readonly isError?: true }>()
  const filter = requestFilter(templateName)
  useEffect(() => {
    if (!isLive) return
    return mqtt.sample([{ filter, qos: 0 }], ({ messages }) =>
      onDevices(messages.flatMap((message) => deviceOf(message, 'live') ?? [])),
    )
  }, [isLive, filter, mqtt, onDevices])
  const said = async (task: Promise<readonly RehearsedDevice[]>, where: string) => {
    try {
      const devices = await task
      onDevices(devices)
      setReport({
        words:
          devices.length === 0
            ? `${where} has no request on ${filter}.`
            : `${formatCounted(devices.length, 'request')} of ${where}${devices.length === MOST_DEVICES ? ', the newest' : ''}.`,
      })
    } catch (error) {
      setReport({ words: messageOf(error), isError: true })
    }
  }
  const kept = async () =>
    (await mqtt.kept(filter, MOST_DEVICES)).flatMap((message) =>
      readRequest(message.topic, message.payload) ? (deviceOf(message, 'live messages') ?? []) : [],
    )
  return (
    <SpaceBetween size="xs">
      <SpaceBetween direction="horizontal" size="s" alignItems="center">
        <Button onClick={() => file.current?.click()}>Open a recording</Button>
        <Button onClick={() => void said(kept(), 'Live messages')}>Take what Live kept</Button>
        <Toggle checked={isLive} onChange={({ detail }) => setLive(detail.checked)}>
          Live requests
        </Toggle>
        <input
          ref={file}
          type="file"
          hidden
          aria-label="Recording to rehearse on"
          onChange={({ target }) => {
            const [chosen] = target.files ?? []
            if (chosen) void said(requestsIn(chosen, templateName), chosen.name)
            target.value = ''
          }}
        />
      </SpaceBetween>
      {isLive && (
        <p className="td-weak">
          Listening on <span className="td-mono">{filter}</span>. AWS IoT takes requests of devices itself and may hand
          them to nobody else: where none come, rehearse on typed parameters.
        </p>
      )}
      {report && (
        <p role="status" className={report.isError ? 'td-error' : 'td-weak'}>
          {report.words}
        </p>
      )}
    </SpaceBetween>
  )
}
