'use strict'
require('./ensure-installed.cjs').run('scripts/bench.ts', process.argv.slice(2))
