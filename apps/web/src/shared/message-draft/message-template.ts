import type { MessageProperties, Qos } from '../mqtt/message.ts'

/** How the payload is written down. `json` is checked and sent as it was written, digit for digit. */
export type PayloadForm = 'json' | 'text' | 'hex' | 'base64'

/** A message to be published, byte for byte as it is written unless it says that placeholders are to be replaced. */
export interface MessageTemplate {
  readonly topic: string
  readonly form: PayloadForm
  readonly text: string
  readonly qos: Qos
  readonly retain: boolean
  readonly properties?: MessageProperties
  /**
   * `{{thingName}}`, `{{now}}` (ISO 8601), `{{nowMs}}`, `{{uuid}}` and `{{seq}}` (from 1) are replaced in topic, payload
   * and the values of user properties, anew for each message. Left out: braces are sent as they are.
   */
  readonly replacesPlaceholders?: boolean
  /** What `{{thingName}}` stands for. */
  readonly thingName?: string
}
