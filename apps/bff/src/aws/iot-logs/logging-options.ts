import { GetV2LoggingOptionsCommand, type GetV2LoggingOptionsResponse, type IoTClient } from '@aws-sdk/client-iot'
import { isNamed } from '../error-name.ts'
import { whyUnread } from '../why-unread.ts'

/** How AWS IoT is told to log. */
export type LoggingOptions =
  | { readonly kind: 'configured'; readonly options: GetV2LoggingOptionsResponse }
  /** Nobody ever turned V2 logging on. */
  | { readonly kind: 'not-configured' }
  /** The console may not ask, or is told that there is no such operation: in AWS's words. */
  | { readonly kind: 'unknown'; readonly isRefused: boolean; readonly message: string }

/** Errors other than that it may not be asked are AWS's own. */
export async function readLoggingOptions(
  iot: IoTClient,
  { verbose = false, signal }: { readonly verbose?: boolean; readonly signal?: AbortSignal } = {},
): Promise<LoggingOptions> {
  try {
    const options = await iot.send(
      new GetV2LoggingOptionsCommand(verbose ? { verbose } : {}),
      signal && { abortSignal: signal },
    )
    return { kind: 'configured', options }
  } catch (error) {
    if (isNamed(error, 'NotConfiguredException')) return { kind: 'not-configured' }
    const why = whyUnread(error)
    if (!why) throw error
    return { kind: 'unknown', isRefused: why.outcome === 'not-allowed', message: why.message }
  }
}

/** Whether nothing is logged of anything, unless a target of its own says so. */
export const isLoggingOff = (read: LoggingOptions): boolean =>
  read.kind === 'not-configured' || (read.kind === 'configured' && read.options.disableAllLogs === true)
