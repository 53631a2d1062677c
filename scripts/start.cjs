'use strict'
require('./ensure-installed.cjs').run('scripts/start.ts', process.argv.slice(2))
