-- What holds the wall up, a line a thing: who owns and may use which schema, table, column and
-- function, row security, policies, triggers, and the roles. The parts of a table for wards and
-- years stand for one another. "owner" is whoever owns the schema ward.
with
here as (
    select oid, nspname as name, nspowner as owner, nspacl as acl from pg_catalog.pg_namespace
    where nspname in ('edge', 'ward', 'casework', 'river')
),
boss as (select owner as oid from here where name = 'ward'),
people as (
    select r.oid, case when r.oid = b.oid then 'owner' else r.rolname end as name from pg_catalog.pg_roles r, boss b
    union all select 0, 'public'
),
rels as (
    select c.oid, c.relkind as kind, c.relowner as owner, c.relacl as acl, c.relrowsecurity as secured, c.relforcerowsecurity as forced,
           h.name || '.' || regexp_replace(c.relname, '(_[0-9]+)?_([0-9]+|[0-9]{4}|other)$', '_…') as name
    from pg_catalog.pg_class c join here h on h.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
),
functions as (
    select p.oid, h.name || '.' || p.proname || '(' || pg_catalog.pg_get_function_identity_arguments(p.oid) || ')' as name,
           p.proowner as owner, p.proacl as acl, p.prosecdef as definer, p.proconfig as settings, p.prokind as kind, p.provolatile as volatile,
           coalesce(p.prosrc, '') || coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), '') as body, p.prosqlbody is not null as parsed
    from pg_catalog.pg_proc p join here h on h.oid = p.pronamespace
),
rights as (
    select 'schema ' || h.name as what, h.owner, coalesce(h.acl, pg_catalog.acldefault('n', h.owner)) as acl from here h
    union all select 'table ' || name, owner, coalesce(acl, pg_catalog.acldefault(case kind when 'S' then 's' else 'r' end::"char", owner)) from rels
    union all select 'function ' || name, owner, coalesce(acl, pg_catalog.acldefault('f', owner)) from functions
    union all select 'column ' || r.name || '.' || a.attname, r.owner, a.attacl
        from pg_catalog.pg_attribute a join rels r on r.oid = a.attrelid where a.attacl is not null and a.attnum > 0 and not a.attisdropped
)
select line from (select distinct regexp_replace(line, '\s+', ' ', 'g') as line from (
    select what || ' of ' || p.name as line from rights r join people p on p.oid = r.owner where what !~ '^column '
    union all
    select 'grant ' || string_agg(lower(g.privilege_type) || case when g.is_grantable then ' with grant option' else '' end, ', ' order by g.privilege_type)
           || ' on ' || r.what || ' to ' || coalesce(p.name, 'nobody')
        from rights r cross join pg_catalog.aclexplode(r.acl) g left join people p on p.oid = g.grantee
        where g.grantee <> r.owner group by r.what, p.name
    union all
    select 'row security on ' || name || case when forced then ', forced' else '' end from rels where secured
    union all
    select 'policy ' || l.polname || ' on ' || r.name || case when l.polpermissive then '' else ', restrictive' end || ', for '
           || case l.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
           || ', to ' || (select string_agg(p.name, ', ' order by p.name) from people p where p.oid = any(l.polroles))
           || ' | ' || coalesce(pg_catalog.pg_get_expr(l.polqual, l.polrelid), '-') || ' | ' || coalesce(pg_catalog.pg_get_expr(l.polwithcheck, l.polrelid), '-')
        from pg_catalog.pg_policy l join rels r on r.oid = l.polrelid
    union all
    select 'trigger ' || t.tgname || ' on ' || r.name || ', ' || case t.tgenabled when 'O' then 'enabled' when 'D' then 'disabled' else 'changed' end
           || ', calls ' || t.tgfoid::regproc::text || ', kind ' || t.tgtype
           || ' | ' || coalesce(substring(pg_catalog.pg_get_triggerdef(t.oid) from ' WHEN (.*) EXECUTE '), '-')
        from pg_catalog.pg_trigger t join rels r on r.oid = t.tgrelid where not t.tgisinternal
    union all
    select 'function ' || f.name || case when f.definer then ', as its owner' else '' end || case when f.settings is null then '' else ', with ' || array_to_string(f.settings, ' ') end
           || ', ' || f.volatile::text || case when f.parsed then ', parsed | ' else ', ' end || encode(pg_catalog.sha256(convert_to(f.body, 'UTF8')), 'hex')
        from functions f
    union all
    select 'rule ' || w.rulename || ' on ' || r.name from pg_catalog.pg_rewrite w join rels r on r.oid = w.ev_class where w.rulename <> '_RETURN'
    union all
    select 'event trigger ' || e.evtname || ' on ' || e.evtevent from pg_catalog.pg_event_trigger e
    union all
    select 'view ' || r.name || ' | ' || encode(pg_catalog.sha256(convert_to(pg_catalog.pg_get_viewdef(r.oid), 'UTF8')), 'hex') from rels r where r.kind in ('v', 'm')
    union all
    select 'role ' || rolname || case when rolsuper then ', superuser' else '' end || case when rolbypassrls then ', bypasses row security' else '' end
           || case when rolcreaterole then ', creates roles' else '' end || case when rolcanlogin then ', logs in' else '' end
        from pg_catalog.pg_roles where rolname ~ '^tinbao_'
    union all
    select 'member ' || m.rolname || ' of ' || g.rolname
        from pg_catalog.pg_auth_members a join pg_catalog.pg_roles g on g.oid = a.roleid join pg_catalog.pg_roles m on m.oid = a.member
        where g.rolname ~ '^tinbao_' and m.rolname ~ '^tinbao_'
) lines) each
order by line collate "C"
