import type { CborValue } from '@thingdeck/aws-api'
import type { PayloadForm } from '@thingdeck/commands'

/** A payload in CBOR, in which bytes are such. */
export const CBOR_FORM: PayloadForm<CborValue> = {
  nothing: null,
  text: (text) => text,
  number: Number,
  boolean: (on) => on,
  bytes: (base64) => Buffer.from(base64, 'base64'),
  list: (items) => items,
  map: Object.fromEntries,
}
