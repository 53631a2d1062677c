#!/usr/bin/env node
import { endOnOldNode, version } from './needed-node.js'

endOnOldNode()
const first = process.argv[2]
if (first === '--version') {
  console.log(version)
} else if (first === 'local') {
  process.argv.splice(2, 1)
  await import(import.meta.resolve('@thingdeck/local/command'))
} else {
  await import('./dist/start.js')
}
