import { csvField } from '../../../../shared/csv-field.ts'
import type { Series } from '../../protocol/chart.ts'

/**
 * Samples as CSV (RFC 4180), one a line in the order of their time: `time,topic,path,value`, times in ISO 8601 with
 * milliseconds.
 */
export function seriesAsCsv(series: readonly Series[]): string {
  const rows = series.flatMap(({ pin, atMs, mean, exact }) =>
    Array.from(atMs, (ms, index) => ({
      ms,
      topic: pin.topic,
      path: pin.path,
      value: exact?.get(index) ?? String(mean[index] ?? Number.NaN),
    })),
  )
  rows.sort((a, b) => a.ms - b.ms)
  const lines = rows.map(({ ms, topic, path, value }) =>
    [new Date(ms).toISOString(), csvField(topic), csvField(path), value].join(','),
  )
  return ['time,topic,path,value', ...lines, ''].join('\r\n')
}
