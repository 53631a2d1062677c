import { certificateIdParam } from '../../shared/certificate/certificate-id.ts'
import { defined, type RawSearch, textParam } from '../../shared/search-params.ts'

/** Nothing in it is secret: with it, anybody who may sign in comes back to the same device. */
export interface ConnectDeviceSearch {
  /** The thing that the device is, or will be. */
  readonly thing?: string
  /** Of a new thing. */
  readonly type?: string
  /** Id of the certificate that the device is to connect with: it is waited for. */
  readonly certificate?: string
  /** Topic that the samples send to, unless it is the usual one. */
  readonly send?: string
  /** Topic filter that they listen to, unless it is the usual one. */
  readonly listen?: string
}

export const validateConnectDeviceSearch = (raw: RawSearch): ConnectDeviceSearch =>
  defined({
    thing: textParam(raw.thing),
    type: textParam(raw.type),
    certificate: certificateIdParam(raw.certificate),
    send: textParam(raw.send),
    listen: textParam(raw.listen),
  })
