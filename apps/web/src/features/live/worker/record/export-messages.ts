import { GzipWriter } from '../../../../shared/recording/gzip-writer.ts'
import { endLine, gapLine, headerLine, messageLine } from '../../../../shared/recording/recording-format.ts'
import { fileNameFor } from '../../protocol/file-name.ts'
import type { ExportedFile, ExportFormat, MessageScope } from '../../protocol/record.ts'
import { LiveError } from '../live-error.ts'
import type { LiveStream } from '../stream/stream.ts'
import type { Task } from '../tasks/task.ts'
import type { Turns } from '../turns.ts'
import { CSV_HEADER, csvLine, jsonLine } from './export-lines.ts'
import { eachInTurns, sequencesOf } from './scope.ts'

const TEXT_TYPES = { jsonl: 'application/jsonl', csv: 'text/csv' } as const
/** Text gathered before it is handed to a Blob, in characters. */
const PART_CHARACTERS = 1024 * 1024

interface Sink {
  line(text: string): void
  drained(): Promise<void>
  finish(): Promise<Blob>
}

/** Parts of a Blob: the browser may hold them on disk, and no string grows to the size of the file. */
class TextSink implements Sink {
  readonly #type: string
  readonly #eol: string
  #parts: Blob[] = []
  #text = ''

  constructor(format: 'jsonl' | 'csv') {
    this.#type = TEXT_TYPES[format]
    this.#eol = format === 'csv' ? '\r\n' : '\n'
    if (format === 'csv') this.line(CSV_HEADER)
  }

  line(text: string): void {
    this.#text += text + this.#eol
    if (this.#text.length >= PART_CHARACTERS) this.#flush()
  }

  async drained(): Promise<void> {}

  async finish(): Promise<Blob> {
    this.#flush()
    return new Blob(this.#parts, { type: this.#type })
  }

  #flush(): void {
    this.#parts.push(new Blob([this.#text]))
    this.#text = ''
  }
}

/**
 * Writes messages of a stream to a file, turn by turn. What ages out meanwhile is not in it; the task's note says how
 * many. @throws {LiveError} `STOPPED`
 */
export async function exportMessages(
  stream: LiveStream,
  { scope, format }: { readonly scope: MessageScope; readonly format: ExportFormat },
  {
    task,
    turns,
    nowMs,
    endpoint,
  }: { readonly task: Task; readonly turns: Turns; readonly nowMs: number; readonly endpoint: string | undefined },
): Promise<ExportedFile> {
  const sequences = sequencesOf(stream, scope)
  const sink = format === 'recording' ? new GzipWriter() : new TextSink(format)
  const counts = { messages: 0, gaps: 0, gone: 0 }
  if (format === 'recording') {
    const first = stream.ring.get(sequences[0] ?? -1)
    const startedAtMs = first?.kind === 'message' ? first.receivedAtMs : nowMs
    const subscriptions = stream.configuration().subscriptions.map(({ filter, qos }) => ({ filter, qos }))
    // What is exported from a recording came from where that was made.
    const source = stream.origin.kind === 'recording' ? stream.origin.endpoint : endpoint
    sink.line(headerLine({ startedAtMs, subscriptions, ...(source === undefined ? {} : { endpoint: source }) }))
  }
  await eachInTurns(
    sequences,
    turns,
    task,
    (sequence) => {
      const row = stream.ring.get(sequence)
      if (!row) counts.gone += 1
      else if (row.kind === 'gap') {
        if (format === 'recording') sink.line(gapLine(row.gap))
        counts.gaps += 1
      } else {
        sink.line(format === 'csv' ? csvLine(row) : format === 'jsonl' ? jsonLine(row) : messageLine(row))
        counts.messages += 1
      }
    },
    () => sink.drained(),
  )
  if (task.signal.aborted) {
    if (sink instanceof GzipWriter) await sink.abort()
    throw new LiveError('STOPPED', 'The export was stopped.')
  }
  if (format === 'recording') sink.line(endLine({ atMs: nowMs, messages: counts.messages, gaps: counts.gaps }))
  const blob = await sink.finish()
  const { messages, gone } = counts
  task.finish(gone > 0 ? `${gone} messages aged out before they could be written.` : undefined)
  return { blob, fileName: fileNameFor(format, nowMs), messages }
}
