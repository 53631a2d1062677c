import type { StoredType } from '../../../shared/decode/protobuf/stored-types.ts'

export type PayloadTypeProcedures = {
  /** Makes these all message types by which payloads of Protocol Buffers are read, in lists, filters and charts alike. */
  readonly 'live.setPayloadTypes': (request: { readonly types: readonly StoredType[] }) => void
}
