import { isObject } from './json-object.ts'

/** What a job asks of a sample device. */
export type Job =
  | { readonly kind: 'update'; readonly version: string | undefined }
  | { readonly kind: 'configuration'; readonly shadowName: string; readonly desired: Readonly<Record<string, unknown>> }
  | { readonly kind: 'signing-request'; readonly rotation: string }
  /** `certificate`: that of this device, in PEM; undefined: there is none for it. */
  | { readonly kind: 'certificate'; readonly certificate: string | undefined }
  | { readonly kind: 'unknown' }

/** Words that mean an update, a restart, or anything else that takes its time. */
const UPDATES = /update|firmware|install|upgrade|download|reboot|restart|start|stop|remove|run/i

/**
 * Reads a job document: `{"operation": "configure", "state": {…}, "shadow": "config"}` changes the configuration at once,
 * `{"operation": "firmware-update", "version": "5.0.0"}` takes some tens of seconds, and so do the documents of AWS's
 * managed templates. `make-signing-request` and `install-certificate` are those of a rotation (docs/guides/rotate-a-certificate.md).
 */
export function jobOf(document: unknown, thingName: string): Job {
  if (!isObject(document)) return { kind: 'unknown' }
  if (document.operation === 'make-signing-request' && typeof document.rotation === 'string') {
    return { kind: 'signing-request', rotation: document.rotation }
  }
  if (document.operation === 'install-certificate' && isObject(document.certificates)) {
    const certificate = document.certificates[thingName]
    return { kind: 'certificate', certificate: typeof certificate === 'string' ? certificate : undefined }
  }
  const { state, shadow, version, steps } = document
  const operation = document.operation ?? document.action ?? actionOf(steps)
  if (isObject(state) && (operation === undefined || operation === 'configure')) {
    return { kind: 'configuration', shadowName: typeof shadow === 'string' ? shadow : '', desired: state }
  }
  if (typeof operation !== 'string' || !UPDATES.test(operation)) return { kind: 'unknown' }
  const isFirmware = /update|firmware|upgrade/i.test(operation)
  return { kind: 'update', version: isFirmware && typeof version === 'string' ? version : undefined }
}

/** Of a managed template's document: the name of the first action. */
function actionOf(steps: unknown): unknown {
  const [first]: unknown[] = Array.isArray(steps) ? steps : []
  return isObject(first) && isObject(first.action) ? first.action.name : undefined
}

export interface UpdateStep {
  readonly name: string
  /** Why it fails, where it does. */
  readonly failure: string
  /** That runs once this step is done. */
  readonly version?: string | undefined
}

/** What an update does, one after the other. */
export function updateSteps(version: string | undefined): readonly UpdateStep[] {
  return [
    ...['1 of 4', '2 of 4', '3 of 4', '4 of 4'].map((part) => ({
      name: `downloading, part ${part}`,
      failure: 'The connection broke during the download.',
    })),
    { name: 'verifying', failure: 'The checksum is not that of the image.' },
    { name: 'installing', failure: 'There is not enough room for the image.' },
    { name: 'restarting', failure: 'The new image did not start; the old one runs again.', version },
  ]
}
