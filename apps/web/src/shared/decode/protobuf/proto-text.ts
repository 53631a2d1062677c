import type { Declarations, DeclaredEnum, DeclaredField, DeclaredMessage } from './link-schema.ts'
import { WIRE_OF } from './scalar-value.ts'
import type { ScalarType } from './schema.ts'
import { Tokens } from './tokens.ts'

/** What a `.proto` file declares, and the files that it imports. */
export interface ProtoFile extends Declarations {
  readonly imports: readonly string[]
}

/**
 * Reads the messages and enums of a `.proto` file (proto2, proto3, editions). Options, services, extensions and reserved
 * numbers mean nothing for decoding, and are passed over.
 * @param file its name, for what is wrong with it
 * @throws {ProtoSchemaError} with the line
 * @see Protocol Buffers documentation, "Protocol Buffers Language Specification"
 */
export function readProtoText(source: string, file: string): ProtoFile {
  return new ProtoTextReader(new Tokens(source, file)).file()
}

const isScalar = (word: string): word is ScalarType => Object.hasOwn(WIRE_OF, word)

class ProtoTextReader {
  readonly #tokens: Tokens
  readonly #messages: DeclaredMessage[] = []
  readonly #enums: DeclaredEnum[] = []
  readonly #imports: string[] = []
  #package = ''
  /** Whether fields without a label have implicit presence: in proto3. */
  #isImplicit = false

  constructor(tokens: Tokens) {
    this.#tokens = tokens
  }

  file(): ProtoFile {
    const tokens = this.#tokens
    while (!tokens.isAtEnd) {
      if (tokens.takeIf(';')) continue
      const word = tokens.peek()
      if (word === 'message') this.#message(this.#package)
      else if (word === 'enum') this.#enum(this.#package)
      else if (word === 'package') this.#takePackage()
      else if (word === 'import') this.#takeImport()
      else if (word === 'syntax') this.#takeSyntax()
      else if (word !== undefined && FILE_STATEMENTS.has(word)) tokens.skipStatement()
      else throw tokens.expected('message, enum, package, import, option, service or extend')
    }
    return { messages: this.#messages, enums: this.#enums, imports: this.#imports }
  }

  #takePackage(): void {
    this.#tokens.need('package')
    this.#package = this.#tokens.name('the name of the package')
    this.#tokens.need(';')
  }

  #takeImport(): void {
    this.#tokens.need('import')
    for (const word of ['public', 'weak', 'option']) this.#tokens.takeIf(word)
    this.#imports.push(this.#tokens.take('the name of a file').slice(1, -1))
    this.#tokens.need(';')
  }

  #takeSyntax(): void {
    this.#tokens.need('syntax')
    this.#tokens.need('=')
    this.#isImplicit = this.#tokens.take('"proto2" or "proto3"').slice(1, -1) === 'proto3'
    this.#tokens.need(';')
  }

  #message(scope: string): void {
    this.#tokens.need('message')
    const name = within(scope, this.#tokens.name('the name of the message'))
    this.#body(name)
  }

  /** From the `{` to its `}`. */
  #body(name: string): void {
    const tokens = this.#tokens
    const fields: DeclaredField[] = []
    tokens.need('{')
    while (!tokens.takeIf('}')) {
      if (tokens.takeIf(';')) continue
      const word = tokens.peek()
      // A word may be a name too: `message message = 1;` is a field.
      const isStatement = tokens.peek(2) !== '='
      if (word === 'message' && tokens.peek(2) === '{') this.#message(name)
      else if (word === 'enum' && tokens.peek(2) === '{') this.#enum(name)
      else if (word === 'oneof' && tokens.peek(2) === '{') this.#oneof(name, fields)
      else if (word !== undefined && MESSAGE_STATEMENTS.has(word) && isStatement) tokens.skipStatement()
      else if (word === 'option') tokens.skipStatement()
      else this.#field(name, fields, this.#isImplicit)
    }
    this.#messages.push({ name, fields, isMapEntry: false })
  }

  #oneof(scope: string, fields: DeclaredField[]): void {
    const tokens = this.#tokens
    tokens.need('oneof')
    tokens.name('the name of the oneof')
    tokens.need('{')
    while (!tokens.takeIf('}')) {
      if (tokens.takeIf(';')) continue
      if (tokens.peek() === 'option') tokens.skipStatement()
      else this.#field(scope, fields, false)
    }
  }

  #field(scope: string, fields: DeclaredField[], isImplicit: boolean): void {
    const tokens = this.#tokens
    const label = LABELS.has(tokens.peek() ?? '') && tokens.peek(1) !== '=' ? tokens.take('a label') : undefined
    const isRepeated = label === 'repeated'
    if (tokens.peek() === 'map' && tokens.peek(1) === '<') {
      this.#mapField(scope, fields)
      return
    }
    const typeName = tokens.name('the type of a field')
    const name = tokens.name('the name of a field')
    tokens.need('=')
    const number = tokens.integer('the number of a field')
    tokens.skipOptions()
    const rest = { number, isRepeated, isImplicit: isImplicit && label === undefined }
    if (typeName === 'group' && tokens.peek() === '{') {
      this.#body(within(scope, name))
      fields.push({ ...rest, name: name.toLowerCase(), type: { ref: `.${within(scope, name)}` } })
      return
    }
    tokens.need(';')
    fields.push({ ...rest, name, type: isScalar(typeName) ? typeName : { ref: typeName } })
  }

  /** `map<string, Unit> units = 3;` is a repeated message with a key and a value. */
  #mapField(scope: string, fields: DeclaredField[]): void {
    const tokens = this.#tokens
    tokens.need('map')
    tokens.need('<')
    const key = tokens.name('the type of a key')
    tokens.need(',')
    const value = tokens.name('the type of a value')
    tokens.need('>')
    const name = tokens.name('the name of a field')
    tokens.need('=')
    const number = tokens.integer('the number of a field')
    tokens.skipOptions()
    tokens.need(';')
    const entry = within(scope, `${name}.entry`) // no name of a type has a small letter behind a dot of a field
    const member = (memberNumber: number, memberName: string, type: string): DeclaredField => ({
      number: memberNumber,
      name: memberName,
      type: isScalar(type) ? type : { ref: type },
      isRepeated: false,
      isImplicit: true,
    })
    this.#messages.push({ name: entry, fields: [member(1, 'key', key), member(2, 'value', value)], isMapEntry: true })
    fields.push({ number, name, type: { ref: `.${entry}` }, isRepeated: true, isImplicit: false })
  }

  #enum(scope: string): void {
    const tokens = this.#tokens
    tokens.need('enum')
    const name = within(scope, tokens.name('the name of the enum'))
    const values: (readonly [number, string])[] = []
    tokens.need('{')
    while (!tokens.takeIf('}')) {
      if (tokens.takeIf(';')) continue
      const isValue = tokens.peek(1) === '='
      if (!isValue) {
        tokens.skipStatement() // option, reserved
        continue
      }
      const value = tokens.name('the name of a value')
      tokens.need('=')
      values.push([tokens.integer('the number of a value'), value])
      tokens.skipOptions()
      tokens.need(';')
    }
    this.#enums.push({ name, values })
  }
}

const LABELS = new Set(['optional', 'required', 'repeated'])
const FILE_STATEMENTS = new Set(['option', 'service', 'extend', 'edition', 'export', 'local'])
const MESSAGE_STATEMENTS = new Set(['reserved', 'extensions', 'extend'])

const within = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)
