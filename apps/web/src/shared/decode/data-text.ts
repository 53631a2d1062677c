import type { DataTree } from './data-tree.ts'
import { hexText } from './hex-text.ts'

/**
 * A value as text: JSON where it is JSON, and CBOR's diagnostic notation (RFC 8949 §8) for what JSON has not: byte
 * strings `h'0102'`, tags `1(…)`, `undefined`, `simple(99)`. With `indent`, one member a line.
 */
export function dataText(value: DataTree, indent = 0): string {
  return write(value, indent, '')
}

function write(value: DataTree, indent: number, margin: string): string {
  switch (value.kind) {
    case 'null':
    case 'undefined':
      return value.kind
    case 'boolean':
      return String(value.value)
    case 'number':
      return value.text
    case 'string':
      return JSON.stringify(value.value)
    case 'bytes':
      return `h'${hexText(value.value)}'`
    case 'array':
      return enclose(
        '[',
        value.items.map((item) => (inner: string) => write(item, indent, inner)),
        ']',
        indent,
        margin,
      )
    case 'map':
      return enclose(
        '{',
        value.entries.map(
          ({ key, value: member }) =>
            (inner: string) =>
              `${write(key, 0, '')}:${indent > 0 ? ' ' : ''}${write(member, indent, inner)}`,
        ),
        '}',
        indent,
        margin,
      )
    case 'tag':
      return `${value.tag}(${write(value.value, indent, margin)})`
    case 'extension':
      return `ext(${value.type}, h'${hexText(value.value)}')`
    case 'simple':
      return `simple(${value.value})`
  }
}

function enclose(
  open: string,
  parts: readonly ((margin: string) => string)[],
  close: string,
  indent: number,
  margin: string,
): string {
  if (parts.length === 0) return open + close
  if (indent === 0) return open + parts.map((part) => part('')).join(',') + close
  const inner = margin + ' '.repeat(indent)
  const lines = parts.map((part) => inner + part(inner))
  return `${open}\n${lines.join(',\n')}\n${margin}${close}`
}
