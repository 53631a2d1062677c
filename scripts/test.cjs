'use strict'
require('./ensure-installed.cjs').run('scripts/test.ts', process.argv.slice(2))
