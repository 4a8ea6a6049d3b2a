-- What the program needs beside its roles to serve under a login that owns nothing: to
-- read which schema and wards there are, and to keep the list of what was destroyed in all.
do $$
declare
    login text := current_setting('tinbao.login');
    name text;
begin
    begin
        if to_regrole('tinbao_serve') is null then
            create role tinbao_serve nologin;
        end if;
    exception when duplicate_object or unique_violation then null; -- of another database, at the same moment
    end;
    foreach name in array array['tinbao_desk', 'tinbao_report', 'tinbao_police', 'tinbao_help'] loop
        if not pg_has_role('tinbao_serve', name, 'member') then
            execute format('grant %I to tinbao_serve', name);
        end if;
    end loop;
    grant select on public.goose_db_version to tinbao_serve;
    foreach name in array array['casework.destructions', 'edge.departures', 'ward.wards'] loop
        execute format('grant select on %s to tinbao_serve', name);
        execute format('drop policy if exists listed on %s', name);
        execute format('create policy listed on %s for select to tinbao_serve using (true)', name);
    end loop;
    if not pg_has_role(login, 'tinbao_serve', 'member') then
        execute format('grant tinbao_serve to %I', login);
    end if;
end $$
