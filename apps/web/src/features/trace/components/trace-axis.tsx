import './trace.css'
import type { IotLogEntry } from '@thingdeck/contract'
import { isFailure } from '../../../shared/iot-logs/reason-words.ts'
import { placeOf, type Trace } from '../model.ts'

/** Where an entry stands in the time of its trace; its time stands beside it in words. */
export function TraceAxis({ entry, trace }: { readonly entry: IotLogEntry; readonly trace: Trace }) {
  const place = placeOf(entry, trace)
  return (
    <span className="td-trace-axis" aria-hidden="true">
      <span
        className={isFailure(entry) ? 'td-trace-mark td-trace-mark-failed' : 'td-trace-mark'}
        style={{ insetInlineStart: `calc(${place} * (100% - 10px))` }}
      />
    </span>
  )
}
