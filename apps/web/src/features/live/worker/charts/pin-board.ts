import { formatPath, type JsonPath } from '@thingdeck/json'
import { decodeBinary, type EncodingHint } from '../../../../shared/decode/binary.ts'
import type { DataTree } from '../../../../shared/decode/data-tree.ts'
import { decodeAs } from '../../../../shared/decode/encodings.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import type { ChartView, Pin, Series, SeriesRequest } from '../../protocol/chart.ts'
import { plainPayload, stepInto } from '../payload/plain-path.ts'
import { type PathWithStars, readPath } from '../payload/read-path.ts'
import type { MessageRing } from '../ring/message-ring.ts'
import { hintOf } from '../stream/row-view.ts'
import { downsample } from './downsample.ts'
import { SampleStore } from './sample-store.ts'

const MAX_SAMPLES = 500_000
const MAX_PATHS = 500

interface Pinned {
  readonly pin: Pin
  readonly path: PathWithStars | undefined
  readonly samples: SampleStore
  withoutNumber: number
}

/** The numbers that a stream's messages are followed by, each with its samples. */
export class PinBoard {
  readonly #ring: MessageRing
  #pins = new Map<string, Pinned>()
  #byTopic = new Map<string, Pinned[]>()

  constructor(ring: MessageRing) {
    this.#ring = ring
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

  /** True when the message is of a pinned topic. */
  observe(topic: string, payload: Uint8Array, receivedAtMs: number, contentType?: string): boolean {
    const pins = this.#byTopic.size === 0 ? undefined : this.#byTopic.get(topic)
    if (!pins) return false
    const document = plainPayload(payload, { topic, contentType })
    for (const pinned of pins) take(pinned, document, payload, receivedAtMs)
    return true
  }

  clear(): void {
    const pins = Array.from(this.#pins.values(), ({ pin }) => pin)
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
      const { pin, samples, withoutNumber } = pinned
      return [{ pin, ...downsample(samples, fromMs, toMs, buckets), withoutNumber, agedOut: samples.agedOut }]
    })
    return { revision, fromMs, toMs, series }
  }

  /** A new pin begins with what is kept of its topic. */
  #begin(pin: Pin): Pinned {
    const read = readPath(pin.path)
    const path =
      'problem' in read || read.length !== pin.path.length || !pin.path.startsWith('$') ? undefined : read.path
    const pinned: Pinned = { pin, path, samples: new SampleStore(MAX_SAMPLES), withoutNumber: 0 }
    const sequences: number[] = []
    let sequence = this.#ring.newestOnTopic(pin.topic)
    while (sequence !== undefined && sequence >= this.#ring.first && sequences.length < MAX_SAMPLES) {
      sequences.push(sequence)
      sequence = this.#ring.previousOnTopic(sequence)
    }
    for (const each of sequences.reverse()) {
      const row = this.#ring.get(each)
      if (row?.kind === 'message') take(pinned, plainPayload(row.payload, hintOf(row)), row.payload, row.receivedAtMs)
    }
    return pinned
  }
}

function take(pinned: Pinned, document: unknown, payload: Uint8Array, receivedAtMs: number): void {
  const value = pinned.path?.length === 0 ? bareNumber(payload) : pinned.path && stepInto(document, pinned.path)
  if (typeof value === 'number' && Number.isFinite(value)) pinned.samples.push(receivedAtMs, value)
  else pinned.withoutNumber += 1
}

/** A payload that is nothing but a number, as `$` finds it. */
function bareNumber(payload: Uint8Array): number | undefined {
  const text = payload.length > 64 ? undefined : textOf(payload)?.trim()
  return text === undefined || !/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? undefined : Number(text)
}

/** Every path in a payload (JSON, CBOR, MessagePack) that leads to a number. */
export function numericPathsOf(
  payload: Uint8Array,
  hint: EncodingHint,
): readonly { readonly path: string; readonly text: string }[] {
  const found: { path: string; text: string }[] = []
  const walk = (value: DataTree, path: JsonPath) => {
    if (found.length >= MAX_PATHS) return
    if (value.kind === 'number') found.push({ path: formatPath(path), text: value.text })
    else if (value.kind === 'tag') walk(value.value, path)
    else if (value.kind === 'array') for (const [index, item] of value.items.entries()) walk(item, [...path, index])
    else if (value.kind === 'map') {
      for (const { key, value: member } of value.entries) if (key.kind === 'string') walk(member, [...path, key.value])
    }
  }
  const json = decodeAs(payload, 'json')
  const tree = json.ok ? json.tree : decodeBinary(payload, hint)
  if (tree) walk(tree, [])
  return found
}
