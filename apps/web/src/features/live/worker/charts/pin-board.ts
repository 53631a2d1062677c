import { formatPath, JsonNumber, type JsonPath } from '@thingdeck/json'
import { decodePayload, type EncodingHint } from '../../../../shared/decode/binary.ts'
import { dataText } from '../../../../shared/decode/data-text.ts'
import { type DataTree, keyStep } from '../../../../shared/decode/data-tree.ts'
import { decodeAs } from '../../../../shared/decode/encodings.ts'
import { jsonPartOf } from '../../../../shared/decode/json.ts'
import { doubledPaths } from '../../../../shared/decode/reading-notes.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import type { MqttMessage } from '../../../../shared/mqtt/message.ts'
import type { ChartView, Pin, Series, SeriesRequest } from '../../protocol/chart.ts'
import { type ChartNumber, chartNumberOf, isChartable, type TruthPair } from '../../protocol/chart-number.ts'
import { EVERY, type PathWithStars, readWholePath, unquote } from '../../protocol/read-path.ts'
import type { PlainDocument } from '../payload/plain-document.ts'
import { stepInto, structuredDocument } from '../payload/plain-path.ts'
import type { MessageRing } from '../ring/message-ring.ts'
import { downsample } from './downsample.ts'
import { SampleStore } from './sample-store.ts'

const MAX_SAMPLES = 500_000
const MAX_PATHS = 500

interface Pinned {
  readonly pin: Pin
  readonly path: PathWithStars | undefined
  readonly samples: SampleStore
  readonly pairs: Set<TruthPair>
  withoutNumber: number
  doubled: number
}

/** The numbers that a stream's messages are followed by, each with its samples. */
export class PinBoard {
  readonly #ring: MessageRing
  #pins = new Map<string, Pinned>()
  #byTopic = new Map<string, Pinned[]>()

  constructor(ring: MessageRing) {
    this.#ring = ring
  }

  get pins(): readonly Pin[] {
    return Array.from(this.#pins.values(), ({ pin }) => pin)
  }

  setPins(pins: readonly Pin[]): void {
    const before = this.#pins
    this.#pins = new Map()
    this.#byTopic = new Map()
    for (const pin of pins) {
      const known = before.get(pin.id)
      const isSame = known?.pin.topic === pin.topic && known.pin.path === pin.path
      const pinned = isSame && known ? known : this.#begin(pin)
      this.#pins.set(pin.id, pinned)
      this.#byTopic.set(pin.topic, [...(this.#byTopic.get(pin.topic) ?? []), pinned])
    }
  }

  /** True when the message is of a pinned topic. `sequence`: as the ring has it. */
  observe({ topic, payload, receivedAtMs, properties }: MqttMessage, sequence: number): boolean {
    const pins = this.#byTopic.size === 0 ? undefined : this.#byTopic.get(topic)
    if (!pins) return false
    const document = structuredDocument(payload, this.#ring.hintOf({ topic, properties, sequence }))
    for (const pinned of pins) take(pinned, document, payload, receivedAtMs)
    return true
  }

  clear(): void {
    const { pins } = this
    this.#pins.clear()
    this.setPins(pins)
  }

  view({ range, buckets, pins }: SeriesRequest, revision: number, nowMs: number): ChartView {
    const fromMs = 'live' in range ? nowMs - range.spanMs : range.fromMs
    const toMs = 'live' in range ? nowMs : range.toMs
    const wanted = pins ?? [...this.#pins.keys()]
    const series = wanted.flatMap((id): Series[] => {
      const pinned = this.#pins.get(id)
      if (!pinned) return []
      const { pin, samples, withoutNumber, doubled } = pinned
      const { agedOut, inexact } = samples
      const points = downsample(samples, fromMs, toMs, buckets)
      return [{ pin, ...points, withoutNumber, agedOut, inexact, doubled, pairs: [...pinned.pairs] }]
    })
    return { revision, fromMs, toMs, series }
  }

  /** A new pin begins with what is kept of its topic. */
  #begin(pin: Pin): Pinned {
    const read = readWholePath(pin.path)
    const path = 'problem' in read ? undefined : read.path
    const pinned: Pinned = {
      pin,
      path,
      samples: new SampleStore(MAX_SAMPLES),
      pairs: new Set(),
      withoutNumber: 0,
      doubled: 0,
    }
    const sequences: number[] = []
    let sequence = this.#ring.newestOnTopic(pin.topic)
    while (sequence !== undefined && sequence >= this.#ring.first && sequences.length < MAX_SAMPLES) {
      sequences.push(sequence)
      sequence = this.#ring.previousOnTopic(sequence)
    }
    for (const each of sequences.reverse()) {
      const row = this.#ring.get(each)
      if (row?.kind !== 'message') continue
      take(pinned, structuredDocument(row.payload, this.#ring.hintOf(row)), row.payload, row.receivedAtMs)
    }
    return pinned
  }
}

function take(pinned: Pinned, document: PlainDocument | undefined, payload: Uint8Array, receivedAtMs: number): void {
  const { path, samples } = pinned
  const value = path?.length === 0 ? bareValue(payload) : path && stepInto(document?.value, path)
  const found = chartNumberOf(value)
  if (!found) {
    pinned.withoutNumber += 1
    return
  }
  if (found.pair) pinned.pairs.add(found.pair)
  if (document && path && isDoubledIn(payload, path)) pinned.doubled += 1
  samples.push(receivedAtMs, found.number, exactDigits(found, document, path))
}

/** The digits of a number that a double does not hold: whole numbers beyond 2^53, and what was written as a text. */
function exactDigits(
  { number, text, pair }: ChartNumber,
  document: PlainDocument | undefined,
  path: PathWithStars | undefined,
): string | undefined {
  if (pair) return undefined
  if (text === undefined && Math.abs(number) <= Number.MAX_SAFE_INTEGER) return undefined
  const steps = path?.filter((step) => step !== EVERY) ?? []
  const written = text?.replace(/^\+?(-?)0+(?=\d)/, '$1') ?? document?.exactAt(steps)
  if (written === undefined) return undefined
  const digits = JSON_NUMBER.test(written) ? new JsonNumber(written) : undefined
  return digits === undefined || digits.isExact ? undefined : digits.text
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/** A payload that is nothing but one value, as `$` finds it. */
function bareValue(payload: Uint8Array): unknown {
  const text = payload.length > 64 ? undefined : textOf(payload)
  const bare = text === undefined ? '' : jsonPartOf(text).json.trim()
  return /^".*"$/s.test(bare) ? (unquote(bare) ?? bare) : bare
}

/** Whether a key on the path comes more than once in one object. Only what has a name twice is read whole. */
function isDoubledIn(payload: Uint8Array, path: PathWithStars): boolean {
  if (!path.some((step) => typeof step === 'string' && comesTwice(payload, step))) return false
  const json = decodeAs(payload, 'json')
  if (!json.ok) return false
  const formatted = formatPath(path.filter((step) => step !== EVERY))
  return doubledPaths(json.tree).some(
    (doubled) => formatted === doubled || formatted.startsWith(`${doubled}.`) || formatted.startsWith(`${doubled}[`),
  )
}

function comesTwice(payload: Uint8Array, name: string): boolean {
  const key = ENCODER.encode(JSON.stringify(name))
  let times = 0
  for (let at = payload.indexOf(0x22); at >= 0 && times < 2; at = payload.indexOf(0x22, at + 1)) {
    if (key.every((byte, index) => payload[at + index] === byte)) times += 1
  }
  return times === 2
}

const ENCODER = new TextEncoder()

/** Every path in a payload that leads to what a chart can draw, and how it was written. Of a key that comes twice the last. */
export function numericPathsOf(
  payload: Uint8Array,
  hint: EncodingHint,
): readonly { readonly path: string; readonly text: string }[] {
  const found = new Map<string, string>()
  const walk = (value: DataTree, path: JsonPath) => {
    if (found.size >= MAX_PATHS) return
    if (value.kind === 'tag') walk(value.value, path)
    else if (value.kind === 'array') for (const [index, item] of value.items.entries()) walk(item, [...path, index])
    else if (value.kind === 'map') {
      for (const { key, value: member } of value.entries) {
        const step = keyStep(key)
        if (step !== undefined) walk(member, [...path, step])
      }
    } else if (isChartable(value)) found.set(formatPath(path), dataText(value))
  }
  const tree = decodePayload(payload, hint)?.tree
  if (tree) walk(tree, [])
  else if (chartNumberOf(bareValue(payload))) found.set('$', String(bareValue(payload)))
  return Array.from(found, ([path, text]) => ({ path, text }))
}
