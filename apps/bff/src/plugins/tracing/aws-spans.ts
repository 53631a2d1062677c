import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, TraceFlags, type Tracer, trace } from '@opentelemetry/api'
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_RESEND_COUNT,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_RPC_METHOD,
  ATTR_RPC_SYSTEM_NAME,
} from '@opentelemetry/semantic-conventions'
import type { Answered } from '../../aws/calls/sdk-clients.ts'
import { awsCalls, type TracedCall } from '../../aws/calls/traced-calls.ts'

/** Not stable yet in the conventions, and therefore not in what their package exports. */
const ATTR_AWS_REQUEST_ID = 'aws.request_id'

/** A request under way, or one that is not to be recorded: what it asks AWS for belongs to it. */
const isUnderWay = (span: Span): boolean =>
  span.isRecording() || (span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0

/**
 * Makes a span of every call to AWS, with its attempts and AWS's request id, and nothing of what was asked or answered. What
 * still goes on when its request was answered, a bulk change say, is a trace of its own, with a link to where it began.
 * @param requestSpan that of the request that is being answered
 * @returns what ends the listening
 * @see OpenTelemetry semantic conventions, "AWS SDK" and "RPC"
 */
export function makeAwsSpans(tracer: Tracer, requestSpan: () => Span | undefined): () => void {
  const spans = new WeakMap<TracedCall, Span>()

  function begin(call: TracedCall): void {
    const method = `${call.api}/${call.operation}`
    const attributes = { [ATTR_RPC_SYSTEM_NAME]: 'aws-api', [ATTR_RPC_METHOD]: method }
    const request = requestSpan()
    const isChild = request !== undefined && isUnderWay(request)
    const span = tracer.startSpan(
      method,
      {
        kind: SpanKind.CLIENT,
        attributes,
        ...(request !== undefined && !isChild && { links: [{ context: request.spanContext() }] }),
      },
      isChild ? trace.setSpan(ROOT_CONTEXT, request) : ROOT_CONTEXT,
    )
    spans.set(call, span)
  }

  function end(call: TracedCall): void {
    const span = spans.get(call)
    if (span === undefined) return // it began before anybody listened
    const { error } = call
    const { $metadata = {} } = (error ?? call.result?.output ?? {}) as Partial<Answered>
    const { requestId, attempts = 1, httpStatusCode } = $metadata
    if (requestId !== undefined) span.setAttribute(ATTR_AWS_REQUEST_ID, requestId)
    if (httpStatusCode !== undefined) span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, httpStatusCode)
    if (attempts > 1) span.setAttribute(ATTR_HTTP_REQUEST_RESEND_COUNT, attempts - 1)
    if (error !== undefined) {
      // Its name alone: texts of AWS's repeat what was sent.
      span.setAttribute(ATTR_ERROR_TYPE, error instanceof Error ? error.name : 'Error')
      span.setStatus({ code: SpanStatusCode.ERROR })
    }
    span.end()
  }

  const subscriber = { start: begin, asyncEnd: end, end: () => {}, asyncStart: () => {}, error: () => {} }
  awsCalls.subscribe(subscriber)
  return () => awsCalls.unsubscribe(subscriber)
}
