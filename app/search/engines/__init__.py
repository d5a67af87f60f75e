"""The engines that answer `app.search.engine`: Whoosh with numpy, tantivy, PostgreSQL."""
