// Plain JavaScript that old versions of Node run as well: it says which one is needed. Lies beside each package.json.
import { readFileSync } from 'node:fs'

const { name, version, engines } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))
const needed = Number(/\d+/.exec(engines.node)[0])

export { version }

/** Ends the program with a sentence where this Node cannot run it. */
export function endOnOldNode() {
  const { node } = process.versions
  if (Number.parseInt(node, 10) >= needed) return
  console.error(`${name} needs Node.js ${needed} or later, and this is ${node}: https://nodejs.org has it.`)
  process.exit(1)
}
