'use strict'
require('./ensure-installed.cjs').run('conformance/main.ts', process.argv.slice(2))
