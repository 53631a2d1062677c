#!/usr/bin/env node
import { endOnOldNode, version } from './needed-node.js'

endOnOldNode()
if (process.argv[2] === '--version') console.log(version)
else await import('./dist/command.js')
