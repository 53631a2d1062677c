import type { MessageProperties } from '../../../../shared/mqtt/message.ts'
import type { Gap } from '../../../../shared/recording/gap.ts'

export const ROWS_PER_SEGMENT = 4_096

/** A run of rows as typed columns. What few rows have stands in maps. */
export class RowSegment {
  readonly receivedAtMs = new Float64Array(ROWS_PER_SEGMENT)
  readonly topicIds = new Uint32Array(ROWS_PER_SEGMENT)
  readonly chunks = new Uint32Array(ROWS_PER_SEGMENT)
  readonly offsets = new Uint32Array(ROWS_PER_SEGMENT)
  readonly lengths = new Uint32Array(ROWS_PER_SEGMENT)
  /** How many rows back the message before it on the same topic is; 0: there was none. */
  readonly backOnTopic = new Uint32Array(ROWS_PER_SEGMENT)
  readonly flags = new Uint8Array(ROWS_PER_SEGMENT)
  /** Of the few of which it is not known when they came: since when they may have. */
  readonly notBeforeMs = new Map<number, number>()
  readonly properties = new Map<number, MessageProperties>()
  readonly gaps = new Map<number, Gap>()
  rows = 0

  /** Made ready for other rows. The columns need no clearing: each is written before it is read. */
  reset(): this {
    this.rows = 0
    this.notBeforeMs.clear()
    this.properties.clear()
    this.gaps.clear()
    return this
  }
}
