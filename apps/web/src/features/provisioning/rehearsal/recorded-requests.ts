import type { MqttMessage } from '../../../shared/mqtt/message.ts'
import { readRecording } from '../../../shared/recording/read-recording.ts'
import { formatDateTime } from '../../../shared/time.tsx'
import { readRequest } from './read-request.ts'
import type { RehearsedDevice } from './rehearsed-device.ts'

/** So many devices are rehearsed at a time: of more the newest, as each asks AWS for what is there. */
export const MOST_DEVICES = 50

/** A device that asked to be registered. Undefined: the message is no such request. */
export function deviceOf(
  message: Pick<MqttMessage, 'topic' | 'payload' | 'receivedAtMs'>,
  from: string,
): RehearsedDevice | undefined {
  const parameters = readRequest(message.topic, message.payload)
  if (!parameters) return undefined
  return {
    id: crypto.randomUUID(),
    label: `${formatDateTime(message.receivedAtMs)}, ${from}`,
    parameters,
    pseudo: {},
  }
}

/**
 * The newest requests of a template that a recording has.
 * @throws {RecordingError} for a file that is none
 */
export async function requestsIn(file: File, templateName: string): Promise<readonly RehearsedDevice[]> {
  const found: RehearsedDevice[] = []
  const prefix = `$aws/provisioning-templates/${templateName}/provision/`
  for await (const part of readRecording(file, { wants: (topic) => topic.startsWith(prefix) })) {
    const device = part.kind === 'message' ? deviceOf(part.message, file.name) : undefined
    if (!device) continue
    found.push(device)
    if (found.length > MOST_DEVICES) found.shift()
  }
  return found
}
