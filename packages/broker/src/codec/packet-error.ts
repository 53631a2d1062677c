import type { ReasonCode } from './reason-codes.ts'

/** A packet that may not be: its connection ends, with `reasonCode` where MQTT 5 can say so. */
export class PacketError extends Error {
  override readonly name = 'PacketError'
  readonly reasonCode: ReasonCode

  constructor(reasonCode: ReasonCode, message: string) {
    super(message)
    this.reasonCode = reasonCode
  }
}
