import { DiagLogLevel, diag } from '@opentelemetry/api'
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base'
import { ATTR_SERVICE_NAME } from '@opentelemetry/semantic-conventions'
import type { FastifyBaseLogger } from 'fastify'
import type { TracingConfig } from '../../tracing-config.ts'

/** Of the console, where OTEL_SERVICE_NAME says nothing else. */
const SERVICE_NAME = 'thingdeck-console'

async function createExporter(protocol: TracingConfig['protocol']): Promise<SpanExporter> {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto')
  return new OTLPTraceExporter()
}

/**
 * Makes spans and sends them, some at a time. Where to, with which headers, which of them, and how the console is called
 * OpenTelemetry reads from its own variables. What keeps it from sending is in the log.
 */
export async function createProvider(
  { protocol }: TracingConfig,
  log: FastifyBaseLogger,
): Promise<BasicTracerProvider> {
  const tell = (level: 'warn' | 'error') => (detail: string) => log[level]({ detail }, 'traces')
  const silent = () => {}
  diag.setLogger(
    { error: tell('error'), warn: tell('warn'), info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  )
  const standard = resourceFromAttributes({ [ATTR_SERVICE_NAME]: SERVICE_NAME })
  const exporter = await createExporter(protocol)
  return new BasicTracerProvider({
    resource: standard.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
}
