'use strict'
require('./ensure-installed.cjs').run('scripts/docs.ts', process.argv.slice(2))
