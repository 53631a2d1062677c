import type { DataTree } from '../data-tree.ts'
import { float32Text, floatText } from '../number-text.ts'
import { utf8Of } from '../text.ts'
import type { ScalarType } from './schema.ts'
import type { WireField } from './wire-reader.ts'

type WireOfScalar = 'varint' | 'fixed32' | 'fixed64' | 'bytes'

/** How a scalar stands on the wire. */
export const WIRE_OF: Readonly<Record<ScalarType, WireOfScalar>> = {
  double: 'fixed64',
  float: 'fixed32',
  int64: 'varint',
  uint64: 'varint',
  int32: 'varint',
  fixed64: 'fixed64',
  fixed32: 'fixed32',
  bool: 'varint',
  string: 'bytes',
  bytes: 'bytes',
  uint32: 'varint',
  sfixed32: 'fixed32',
  sfixed64: 'fixed64',
  sint32: 'varint',
  sint64: 'varint',
}

/** A number of the wire as what its type says. */
export function numberOf(scalar: ScalarType, value: bigint | number): DataTree {
  const bits = BigInt(value)
  switch (scalar) {
    case 'double':
      return { kind: 'number', text: floatText(viewOf(bits).getFloat64(0)) }
    case 'float':
      return { kind: 'number', text: float32Text(viewOf(bits).getFloat32(4)) }
    case 'bool':
      return { kind: 'boolean', value: bits !== 0n }
    case 'int32':
    case 'sfixed32':
      return whole(BigInt.asIntN(32, bits))
    case 'int64':
    case 'sfixed64':
      return whole(BigInt.asIntN(64, bits))
    case 'sint32':
      return whole(BigInt.asIntN(32, zigZag(BigInt.asUintN(32, bits))))
    case 'sint64':
      return whole(BigInt.asIntN(64, zigZag(bits)))
    case 'uint32':
      return whole(BigInt.asUintN(32, bits))
    default:
      return whole(bits)
  }
}

/**
 * A field as what its type says, a text that is no UTF-8 as its bytes; undefined where it stands on the wire as something
 * else.
 */
export function scalarOf(scalar: ScalarType, field: WireField): DataTree | undefined {
  if (field.wire === 'group' || field.wire !== WIRE_OF[scalar]) return undefined
  if (field.wire !== 'bytes') return numberOf(scalar, field.value)
  if (scalar === 'bytes') return { kind: 'bytes', value: field.value }
  const text = utf8Of(field.value)
  return text === undefined ? { kind: 'bytes', value: field.value } : { kind: 'string', value: text }
}

/** What a scalar is that is not there. */
export function defaultOf(scalar: ScalarType): DataTree {
  if (scalar === 'string') return { kind: 'string', value: '' }
  if (scalar === 'bytes') return { kind: 'bytes', value: new Uint8Array() }
  return numberOf(scalar, 0)
}

const whole = (value: bigint): DataTree => ({ kind: 'number', text: String(value) })

const zigZag = (bits: bigint): bigint => (bits >> 1n) ^ -(bits & 1n)

/** The bits as eight bytes, big-endian: a float of 32 stands in the last four. */
function viewOf(bits: bigint): DataView {
  const view = new DataView(new ArrayBuffer(8))
  view.setBigUint64(0, bits)
  return view
}
