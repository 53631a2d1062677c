export { type JsonCursor, jsonCursor } from './cursor.ts'
export { applyTextEdits, editJsonText, type TextEdit } from './edit-text.ts'
export { jsonEquals, jsonIdentical } from './equals.ts'
export { completionsAt, type JsonChoice, type JsonCompletion, type JsonCompletions } from './json-completions.ts'
export { type JsonTree, type JsonTreeMember, parseJsonTree } from './json-tree.ts'
export { locate, type TextRange } from './locate.ts'
export { nearestName } from './nearest-name.ts'
export { MAX_DEPTH, type ParseOptions, parseJson } from './parse.ts'
export { JsonParseError } from './parse-error.ts'
export { formatPath, getAt, type JsonPath } from './path.ts'
export { fromPlain, type PlainJson, toPlain } from './plain.ts'
export { positionAt, type TextPosition } from './position.ts'
export { jsonByteLength, type StringifyOptions, stringifyJson, utf8ByteLength } from './stringify.ts'
export { decodeUtf8 } from './utf8.ts'
export {
  decimalForm,
  isJsonArray,
  isJsonObject,
  type JsonArray,
  JsonNumber,
  JsonObject,
  type JsonValue,
} from './value.ts'
