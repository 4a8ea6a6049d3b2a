-- name: SetBehaviours :exec
update casework.cases set behaviours = @behaviours where stream = @stream and ward_id = @ward_id and id = @id;

-- name: SetMarks :exec
update casework.cases set level = @level, urgent = @urgent, competence = @competence, named = @named
where stream = @stream and ward_id = @ward_id and id = @id;
