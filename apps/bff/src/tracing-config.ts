/** How traces are sent. Where to, with which headers, and how many of them, OpenTelemetry reads from its own variables. */
export interface TracingConfig {
  readonly protocol: 'http/protobuf' | 'http/json'
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the standard variables of OpenTelemetry that decide whether there are traces.
 * @returns undefined for none; a sentence where they ask for what this console cannot do
 * @see OpenTelemetry specification, "Environment Variable Specification" and "OTLP Exporter Configuration"
 */
export function readTracing(env: Environment): TracingConfig | string | undefined {
  const exporter = env.OTEL_TRACES_EXPORTER || undefined
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true' || exporter === 'none') return undefined
  if (exporter !== undefined && exporter !== 'otlp') {
    return `OTEL_TRACES_EXPORTER is neither otlp nor none: '${exporter}'`
  }
  const endpoint = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || env.OTEL_EXPORTER_OTLP_ENDPOINT
  if (exporter === undefined && !endpoint) return undefined
  if (endpoint && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? '')) {
    return 'OTEL_EXPORTER_OTLP_ENDPOINT is not an http(s) URL' // not repeated: there may be a key in it
  }
  const protocol = env.OTEL_EXPORTER_OTLP_TRACES_PROTOCOL || env.OTEL_EXPORTER_OTLP_PROTOCOL || 'http/protobuf'
  if (protocol === 'http/protobuf' || protocol === 'http/json') return { protocol }
  return `OTEL_EXPORTER_OTLP_PROTOCOL is neither http/protobuf nor http/json: '${protocol}'`
}
